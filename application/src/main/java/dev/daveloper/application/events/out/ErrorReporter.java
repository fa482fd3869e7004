package dev.daveloper.application.events.out;

import dev.daveloper.domain.events.UnexpectedFailure;

/** Takes note of what nobody expected, for whoever looks after the gateway. Returns at once and never throws. */
@FunctionalInterface
public interface ErrorReporter {
    /** For whom the log is enough. */
    ErrorReporter NONE = failure -> {};

    void report(UnexpectedFailure failure);
}
