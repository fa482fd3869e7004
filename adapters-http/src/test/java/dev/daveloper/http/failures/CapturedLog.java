package dev.daveloper.http.failures;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** What one class writes to the log meanwhile, which is kept from the console. */
public final class CapturedLog implements AutoCloseable {
    private final Logger logger;
    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
            // What the line says of its thread is read now, on that thread.
            line.prepareForDeferredProcessing();
            lines.add(line);
        }
    };

    private CapturedLog(Class<?> writer) {
        logger = (Logger) LoggerFactory.getLogger(writer);
        logger.setAdditive(false);
        appender.start();
        logger.addAppender(appender);
    }

    static CapturedLog of(Class<?> writer) {
        return new CapturedLog(writer);
    }

    /** The failures that were written. */
    public static CapturedLog ofFailures() {
        return of(FailureLog.class);
    }

    public List<ILoggingEvent> lines() {
        return lines;
    }

    /** What a line says beside its message, as {@code name=value}. */
    static List<String> pairs(ILoggingEvent line) {
        return line.getKeyValuePairs().stream()
                .map(pair -> pair.key + "=" + pair.value)
                .collect(Collectors.toList());
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
    }
}
