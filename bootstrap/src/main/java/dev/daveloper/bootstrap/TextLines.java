package dev.daveloper.bootstrap;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.event.KeyValuePair;

/**
 * Log lines for people on a terminal. An event begins with its time at the edge and every further line of it, such as a
 * stack trace's, is indented: nothing that is logged can look like an event of its own, or speak to the terminal.
 */
final class TextLines extends LayoutBase<ILoggingEvent> {
    /** As many as tell two traces of one screen apart. */
    private static final int TRACE_CHARS = 8;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());
    private static final Pattern LINE_ENDS = Pattern.compile("\\R+");
    /** Control characters, line ends that only some know, and what turns the direction of writing. */
    static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u200e\\u200f\\u061c\\u202a-\\u202e\\u2066-\\u2069&&[^\\t]]");

    private static final String REPLACEMENT = "?";
    private static final String INDENT = "    ";

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(128);
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        line.append(' ').append(String.format("%-5s", event.getLevel())).append(' ');
        String logger = event.getLoggerName();
        line.append(logger.substring(logger.lastIndexOf('.') + 1));
        appendIds(line, event.getMDCPropertyMap());
        line.append(": ").append(inOneLine(String.valueOf(event.getFormattedMessage())));
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                line.append(' ').append(pair.key).append('=').append(inOneLine(String.valueOf(pair.value)));
            }
        }
        line.append(System.lineSeparator());
        if (event.getThrowableProxy() != null) {
            appendIndented(line, ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.toString();
    }

    private static void appendIds(StringBuilder line, Map<String, String> ids) {
        String request = ids.get(LogSetup.REQUEST_ID);
        String trace = ids.get(LogSetup.TRACE_ID);
        if (request != null) {
            line.append(' ').append(inOneLine(request));
        }
        if (trace != null) {
            line.append(' ').append(inOneLine(trace.substring(0, Math.min(TRACE_CHARS, trace.length()))));
        }
    }

    private static String inOneLine(String text) {
        return UNSEEN.matcher(LINE_ENDS.matcher(text).replaceAll(" ")).replaceAll(REPLACEMENT);
    }

    private static void appendIndented(StringBuilder lines, String text) {
        for (String part : LINE_ENDS.split(text.stripTrailing(), -1)) {
            lines.append(INDENT)
                    .append(UNSEEN.matcher(part).replaceAll(REPLACEMENT))
                    .append(System.lineSeparator());
        }
    }
}
