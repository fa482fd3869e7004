package dev.daveloper.domain.tracing;

import dev.daveloper.domain.failures.InvalidValue;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a trace, as processes tell each other of it: W3C Trace Context, version 00.
 *
 * @param traceId of all that happens on behalf of one cause: 32 characters of 0-9 and a-f, not all 0
 * @param spanId of the part of it that is the parent of what comes next: 16 such characters, not all 0
 * @param sampled whether the one before records it, so that those who come after do so too
 * @param state what vendors along the way have added, verbatim, of at most {@link #MAX_STATE_CHARS}; may be empty
 */
public record TraceContext(String traceId, String spanId, boolean sampled, String state) {
    /** The headers, and the names of gRPC's metadata. */
    public static final String TRACEPARENT = "traceparent";

    public static final String TRACESTATE = "tracestate";

    /** What a tracestate may have that is passed on; a longer one is dropped whole, as the specification allows. */
    public static final int MAX_STATE_CHARS = 512;

    /** What comes from later versions may be longer than ours. */
    private static final int MAX_PARENT_CHARS = 512;

    private static final int TRACE_ID_CHARS = 32;
    private static final int SPAN_ID_CHARS = 16;

    /** Of a later version what stands where ours has it, whatever follows. */
    private static final Pattern PARENT =
            Pattern.compile("(?!ff)([0-9a-f]{2})-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    /** Printable ASCII: what a header and gRPC's metadata both bear. */
    private static final Pattern STATE = Pattern.compile("[\\x20-\\x7E]{0," + MAX_STATE_CHARS + "}");

    private static final int VERSION = 1;
    private static final int TRACE = 2;
    private static final int SPAN = 3;
    private static final int FLAGS = 4;
    private static final int REST = 5;
    private static final int SAMPLED = 1;
    private static final int HEX = 16;

    public TraceContext {
        requireId("traceId", traceId, TRACE_ID_CHARS);
        requireId("spanId", spanId, SPAN_ID_CHARS);
        if (!state.isEmpty() && !STATE.matcher(state).matches()) {
            throw new InvalidValue(TRACESTATE, state, "at most " + MAX_STATE_CHARS + " characters of ASCII");
        }
    }

    /** A new trace, which nobody records so far. */
    public static TraceContext begin() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        // One bit is set in each, so that neither is ever all 0.
        String trace = hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1);
        return new TraceContext(trace, hex.toHexDigits(random.nextLong() | 1), false, "");
    }

    /**
     * What these headers say.
     *
     * @param traceparent empty for whoever does not trace
     * @param tracestate counts only beside a valid traceparent; where it came in parts, joined by commas
     * @return empty when there is no valid traceparent, which calls for a new trace
     */
    public static Optional<TraceContext> parse(@Nullable String traceparent, @Nullable String tracestate) {
        if (traceparent == null || traceparent.length() > MAX_PARENT_CHARS) {
            return Optional.empty();
        }
        Matcher parent = PARENT.matcher(traceparent);
        if (!parent.matches() || (parent.group(VERSION).equals("00") && parent.group(REST) != null)) {
            return Optional.empty();
        }
        // Of a version that is not ours only the lowest flag is known, which is the only one that ours has.
        boolean sampled = (Integer.parseInt(parent.group(FLAGS), HEX) & SAMPLED) != 0;
        String state = tracestate != null && STATE.matcher(tracestate).matches() ? tracestate : "";
        return Optional.of(new TraceContext(parent.group(TRACE), parent.group(SPAN), sampled, state));
    }

    /** The header's value, always of version 00. */
    public String traceparent() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }

    /** Every request has them made: a loop, because a pattern would cost as much as all the rest. */
    private static void requireId(String name, String id, int chars) {
        boolean zero = true;
        boolean hex = id.length() == chars;
        for (int i = 0; hex && i < chars; i++) {
            char c = id.charAt(i);
            hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            zero &= c == '0';
        }
        if (!hex || zero) {
            throw new InvalidValue(name, id, chars + " characters of 0-9 and a-f, not all 0");
        }
    }
}
