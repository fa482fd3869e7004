package dev.daveloper.http.requests;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.eclipse.jetty.server.Request;

/**
 * Where the time of one request went until its response began, told as {@code Server-Timing} (W3C Server Timing). Every
 * moment belongs to one phase: who enters one goes back to the one before. For the thread that handles the request.
 */
public final class ServerTiming {
    public static final String HEADER = "Server-Timing";

    private static final String ATTRIBUTE = "daveloper.timing";
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int MICROS_PER_MILLI = 1_000;
    private static final int HEADER_CHARS = 96;

    /** What a request spends its time on, in the order in which it is told. */
    public enum Phase {
        /** On its way to the route. Not told: it is what is left of the total. */
        WAY(0),
        /** Asking whether limits admit it. */
        LIMITS(1),
        /** Looking up the caller's session, or opening one. */
        AUTH(2),
        /** Whatever its route does beside. */
        ROUTE(3),
        /** Waiting until the agent's answer is whole. */
        ANSWER(4);

        private final String told = name().toLowerCase(Locale.ROOT);
        private final int place;

        Phase(int place) {
            this.place = place;
        }
    }

    private final long[] nanos = new long[Phase.values().length];
    private final boolean[] entered = new boolean[Phase.values().length];
    private final long beganAtNanos = System.nanoTime();
    private long sinceNanos = beganAtNanos;
    private Phase phase = Phase.WAY;
    private boolean omitted;

    private ServerTiming() {}

    /** Measures this request from now on. */
    public static ServerTiming begin(Request request) {
        ServerTiming timing = new ServerTiming();
        request.setAttribute(ATTRIBUTE, timing);
        return timing;
    }

    /** Begins a phase, and gives the one that it interrupts. Does nothing where nobody measures. */
    public static Phase enter(HttpServletRequest request, Phase next) {
        return request.getAttribute(ATTRIBUTE) instanceof ServerTiming timing ? timing.enter(next) : next;
    }

    /** Says that this is not worth telling: a page, or what a page loads. */
    public static void omit(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof ServerTiming timing) {
            timing.omitted = true;
        }
    }

    private Phase enter(Phase next) {
        long now = System.nanoTime();
        Phase before = phase;
        nanos[before.place] += now - sinceNanos;
        entered[next.place] = true;
        phase = next;
        sinceNanos = now;
        return before;
    }

    /** Puts on a response where the time went until now. */
    public void tell(BiConsumer<String, String> headers) {
        if (!omitted) {
            enter(phase);
            headers.accept(HEADER, text(sinceNanos - beganAtNanos));
        }
    }

    private String text(long total) {
        StringBuilder text = new StringBuilder(HEADER_CHARS);
        for (Phase each : Phase.values()) {
            if (each != Phase.WAY && entered[each.place]) {
                append(text, each.told, nanos[each.place]);
                text.append(", ");
            }
        }
        append(text, "total", total);
        return text.toString();
    }

    /** In milliseconds, to the microsecond. */
    private static void append(StringBuilder text, String name, long spent) {
        long micros = spent / NANOS_PER_MICRO;
        long fraction = micros % MICROS_PER_MILLI;
        text.append(name).append(";dur=").append(micros / MICROS_PER_MILLI).append('.');
        // Three digits, without a format to be read for each request.
        text.append(fraction / 100).append(fraction / 10 % 10).append(fraction % 10);
    }
}
