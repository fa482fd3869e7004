package dev.daveloper.http.failures;

import dev.daveloper.application.events.out.ErrorReporter;
import dev.daveloper.domain.events.UnexpectedFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes failures as loudly as the table says: the first of a kind at a place in full, and how many were like it with
 * the next, at the earliest a minute later. Defects go to the reporter as well, each of them. Safe for use by many
 * threads.
 */
final class FailureLog {
    /** Where the log's lines carry what tells one request from another. */
    static final String REQUEST_ID = "requestId";

    static final String TRACE_ID = "traceId";

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final LogSampler sampler;
    private final ErrorReporter reporter;

    FailureLog(InstantSource clock, ErrorReporter reporter) {
        this.clock = clock;
        this.sampler = new LogSampler(clock, PAUSE);
        this.reporter = reporter;
    }

    /** @param thrown what is behind it; null where only its kind is known */
    void write(ProblemType type, @Nullable Throwable thrown, Occasion occasion) {
        switch (type.handling().level()) {
            case NONE -> {}
            case WARN -> write(LOG.atWarn(), "upstream trouble", type, thrown, occasion);
            case ERROR -> {
                write(LOG.atError(), "unexpected failure", type, thrown, occasion);
                if (thrown != null) {
                    report(type, thrown, occasion);
                }
            }
        }
    }

    private void write(
            LoggingEventBuilder line, String message, ProblemType type, @Nullable Throwable thrown, Occasion occasion) {
        OptionalLong held = sampler.admit(type.code() + ' ' + occasion.where() + ' ' + origin(thrown));
        if (held.isEmpty()) {
            return;
        }
        LoggingEventBuilder full = line;
        for (Map.Entry<String, String> pair : about(type, occasion).entrySet()) {
            full = full.addKeyValue(pair.getKey(), pair.getValue());
        }
        if (held.getAsLong() > 0) {
            full = full.addKeyValue("alike", held.getAsLong());
        }
        String before = MDC.get(TRACE_ID);
        MDC.put(TRACE_ID, occasion.traceId());
        try {
            (thrown == null ? full : full.setCause(thrown)).log(message);
        } finally {
            restore(before);
        }
    }

    private void report(ProblemType type, Throwable thrown, Occasion occasion) {
        Map<String, String> context = about(type, occasion);
        context.put(TRACE_ID, occasion.traceId());
        String request = MDC.get(REQUEST_ID);
        if (request != null) {
            context.put(REQUEST_ID, request);
        }
        reporter.report(new UnexpectedFailure(occasion.where(), thrown, context, clock.instant()));
    }

    private static Map<String, String> about(ProblemType type, Occasion occasion) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("code", type.code());
        about.put("status", Integer.toString(type.status()));
        about.put("method", occasion.method());
        about.put("route", occasion.route());
        return about;
    }

    /** Tells two defects at one route apart. */
    private static String origin(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        StackTraceElement[] frames = thrown.getStackTrace();
        return thrown.getClass().getName() + (frames.length == 0 ? "" : " " + frames[0]);
    }

    private static void restore(@Nullable String before) {
        if (before == null) {
            MDC.remove(TRACE_ID);
        } else {
            MDC.put(TRACE_ID, before);
        }
    }
}
