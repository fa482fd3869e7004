package dev.daveloper.http.failures;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Trace ids as W3C Trace Context writes them: the caller's where it sent a valid one, otherwise a new one. */
public final class TraceIds {
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
    private static final String VERSION_0 = "00-";
    private static final int VERSION_0_CHARS = 55;
    private static final int TRACE_FROM = 3;
    private static final int TRACE_TO = 35;
    private static final int MAX_CHARS = 512;

    private TraceIds() {}

    public static String from(@Nullable String traceparent) {
        if (traceparent == null || traceparent.length() > MAX_CHARS) {
            return next();
        }
        boolean overlong = traceparent.startsWith(VERSION_0) && traceparent.length() != VERSION_0_CHARS;
        if (overlong || !TRACEPARENT.matcher(traceparent).matches()) {
            return next();
        }
        return traceparent.substring(TRACE_FROM, TRACE_TO);
    }

    private static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1);
    }
}
