package dev.daveloper.domain.ratelimits;

import java.time.Duration;

/**
 * How a caller stands with a policy after a question.
 *
 * @param remaining what may be taken at once, 0 or more
 * @param untilMore how long until that is more; when the question was refused, until it would be admitted. Zero when no
 *     more can gather, and for slots, which come back when somebody leaves
 * @param refused whether this policy did not admit the question
 */
public record Standing(Policy policy, long remaining, Duration untilMore, boolean refused) {
    /** How a rate stands when so much is taken and this much was wanted. */
    public static Standing of(Policy policy, Rate rate, long taken, long cost, long nowMicros, boolean refused) {
        Duration until = refused
                ? Duration.ofNanos(Math.max(0, rate.admittedFrom(taken, cost, nowMicros) - nowMicros) * 1_000)
                : rate.untilMore(taken, nowMicros);
        return new Standing(policy, rate.remaining(taken, nowMicros), until, refused);
    }

    /** Whether it refuses: one that only counts does not. */
    public boolean isViolated() {
        return refused && !policy.shadow();
    }
}
