package dev.daveloper.http.failures;

import java.util.OptionalInt;

/**
 * What is done about a kind of failure, on every transport and by whoever looks after the gateway.
 *
 * @param classification the word that generic clients branch on
 * @param outcome on whose account it is counted
 * @param level at which an occurrence is written to the log
 * @param retry whether the same request is worth sending again
 * @param closeCode with which it ends a WebSocket (RFC 6455, section 7.4); empty when the socket stays open
 */
public record Handling(
        Classification classification, Outcome outcome, LogLevel level, Retry retry, OptionalInt closeCode) {
    /** On whose account a failure is counted. */
    public enum Outcome {
        /** The request was wrong. */
        CLIENT,
        /** A stated bound was reached. */
        LIMIT,
        /** Something that the gateway calls failed. */
        UPSTREAM,
        /** The gateway itself. */
        GATEWAY
    }

    /** How loudly an occurrence is written. */
    public enum LogLevel {
        /** An ordinary refusal: not at all. */
        NONE,
        /** Something outside is in trouble. */
        WARN,
        /** A defect. */
        ERROR
    }

    /** Whether the same request is worth sending again. */
    public enum Retry {
        /** The same answer would come. */
        NO("Sending the same again gives the same answer: change the request first."),
        /** Waiting helps. */
        LATER("Wait as long as `Retry-After` says, without it a second or two, twice as long each further time, then"
                + " send the same again.");

        private final String advice;

        Retry(String advice) {
            this.advice = advice;
        }

        /** What to do, in a sentence of Markdown. */
        public String advice() {
            return advice;
        }
    }

    /** The client's to correct. */
    static Handling client(Classification classification) {
        return new Handling(classification, Outcome.CLIENT, LogLevel.NONE, Retry.NO, OptionalInt.empty());
    }

    /** A bound that time lifts. */
    static Handling limit(Classification classification) {
        return new Handling(classification, Outcome.LIMIT, LogLevel.NONE, Retry.LATER, OptionalInt.empty());
    }

    /** Something that the gateway calls, and that may be back in a moment. */
    static Handling upstream() {
        return new Handling(
                Classification.UNAVAILABLE, Outcome.UPSTREAM, LogLevel.WARN, Retry.LATER, OptionalInt.empty());
    }

    /** The gateway's own. */
    static Handling gateway(Classification classification, LogLevel level, Retry retry) {
        return new Handling(classification, Outcome.GATEWAY, level, retry, OptionalInt.empty());
    }

    Handling closing(int code) {
        return new Handling(classification, outcome, level, retry, OptionalInt.of(code));
    }

    Handling retried(Retry worth) {
        return new Handling(classification, outcome, level, worth, closeCode);
    }

    Handling logged(LogLevel loud) {
        return new Handling(classification, outcome, loud, retry, closeCode);
    }
}
