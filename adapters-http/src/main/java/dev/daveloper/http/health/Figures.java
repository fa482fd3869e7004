package dev.daveloper.http.health;

import java.util.Map;

/**
 * What is measured of this node, for the status page. Asked by the one thread that takes its samples, every 2 seconds
 * at most; answers from memory.
 */
@FunctionalInterface
public interface Figures {
    /** Nothing is measured. */
    Figures NONE = () -> Reading.NOTHING;

    /** What everything stands at now. */
    Reading read();

    /** What is counted since the process was started. */
    enum Counted {
        /** Requests that were answered, streams that have ended included. */
        REQUESTS,
        /** Those of them that were answered with 500 or above. */
        SERVER_ERRORS,
        RUNS_COMPLETED,
        RUNS_CANCELLED,
        RUNS_INTERRUPTED,
        RUNS_LIMITED,
        RUNS_FAILED,
        /** As agents report them. */
        INPUT_TOKENS,
        OUTPUT_TOKENS
    }

    /** What goes up and down. */
    enum Level {
        REQUESTS_IN_FLIGHT,
        RUNS,
        VIEWERS,
        WEB_SOCKETS,
        DOCUMENTS_WAITING,
        DOCUMENTS_PROCESSING
    }

    /** What takes time. */
    enum Timed {
        /** Requests but for those that stream and those that wait for an agent. */
        REQUEST,
        /** From a message until the first piece of its answer is there. */
        FIRST_DELTA,
        /** What the gateway adds to each piece of an answer. */
        DELTA
    }

    /** All of one moment; what is not measured is not in it. */
    record Reading(Map<Counted, Long> counted, Map<Level, Double> levels, Map<Timed, Spread> timed) {
        static final Reading NOTHING = new Reading(Map.of(), Map.of(), Map.of());

        public Reading {
            counted = Map.copyOf(counted);
            levels = Map.copyOf(levels);
            timed = Map.copyOf(timed);
        }
    }
}
