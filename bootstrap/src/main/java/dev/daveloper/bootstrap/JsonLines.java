package dev.daveloper.bootstrap;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One JSON object for each event, with the ids of its request beside the rest. */
final class JsonLines extends JsonEncoder {
    /** What needs no escape, as ids are made; anything else was not made here. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private static final byte DELETE = 0x7F;

    JsonLines() {
        setWithSequenceNumber(false);
        setWithNanoseconds(false);
        setWithContext(false);
        setWithMDC(false);
        setWithArguments(false);
        setWithMessage(false);
        setWithFormattedMessage(true);
    }

    /** What JSON lets pass and a terminal obeys is escaped as well. It can only stand in a string. */
    @Override
    public byte[] encode(ILoggingEvent event) {
        byte[] encoded = super.encode(event);
        if (isSeen(encoded)) {
            return encoded;
        }
        String line = new String(encoded, StandardCharsets.UTF_8);
        return TextLines.UNSEEN
                .matcher(line.strip())
                .replaceAll(
                        found -> String.format("\\\\u%04x", (int) found.group().charAt(0)))
                .concat("\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Whether it is one line of nothing but visible ASCII, as nearly all are. */
    private static boolean isSeen(byte[] line) {
        int end = line.length - 1;
        for (int i = 0; i < end; i++) {
            if (line[i] < ' ' || line[i] == DELETE) {
                return false;
            }
        }
        return end >= 0 && line[end] == '\n';
    }

    @Override
    protected void appendCustomFields(StringBuilder json, ILoggingEvent event) {
        Map<String, String> ids = event.getMDCPropertyMap();
        append(json, LogSetup.REQUEST_ID, ids.get(LogSetup.REQUEST_ID));
        append(json, LogSetup.TRACE_ID, ids.get(LogSetup.TRACE_ID));
    }

    private void append(StringBuilder json, String name, @Nullable String id) {
        if (id != null && ID.matcher(id).matches()) {
            json.append(VALUE_SEPARATOR);
            appenderMember(json, name, id);
        }
    }
}
