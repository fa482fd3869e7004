package dev.daveloper.application.chat;

import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.GatewayException;
import java.util.Optional;

/** How and why a run ends. */
record Ending(RunOutcome outcome, Optional<Failure> failure) {
    static final Ending COMPLETED = new Ending(RunOutcome.COMPLETED, Optional.empty());
    static final Ending CANCELLED = new Ending(RunOutcome.CANCELLED, Optional.empty());
    static final Ending TOO_LONG = new Ending(
            RunOutcome.LIMITED,
            Optional.of(new Failure(
                    FailureCode.ANSWER_TOO_LONG, "The answer reached the length that an answer may have here.")));
    static final Ending BUDGET_SPENT = new Ending(
            RunOutcome.LIMITED,
            Optional.of(new Failure(
                    FailureCode.TOKEN_BUDGET_SPENT, "The tokens that may be used for now were spent in mid-answer.")));
    static final Ending INTERRUPTED = new Ending(
            RunOutcome.INTERRUPTED,
            Optional.of(
                    new Failure(FailureCode.INTERRUPTED, "The gateway was stopped before the answer was finished.")));

    static Ending failed(GatewayException failure) {
        return new Ending(RunOutcome.FAILED, Optional.of(failure.toFailure()));
    }
}
