package dev.daveloper.domain.webhooks;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether an endpoint is worth an attempt: after so many failures in a row it is left alone for a while, then asked
 * once, and if that fails left alone for longer. What is due waits meanwhile and uses up no attempt.
 *
 * @param failures in a row
 * @param openUntil until when it is left alone
 * @param pause for how long it was left alone last
 */
public record Breaker(int failures, Instant openUntil, Duration pause) {
    public static final Breaker CLOSED = new Breaker(0, Instant.EPOCH, Duration.ZERO);

    /** So many failures in a row, of whatever deliveries, are the endpoint's. */
    public static final int FAILURES = 5;

    static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    public boolean isOpen(Instant now) {
        return now.isBefore(openUntil);
    }

    /** Whether one attempt at a time is enough: it was left alone and has not been seen to work since. */
    public boolean isProbing(Instant now) {
        return failures >= FAILURES && !isOpen(now);
    }

    public Breaker after(Verdict verdict, Instant at) {
        if (verdict == Verdict.DELIVERED) {
            return CLOSED;
        }
        int counted = Math.min(failures + 1, Integer.MAX_VALUE - 1);
        boolean opens = counted >= FAILURES || verdict == Verdict.THROTTLED;
        if (!opens) {
            return new Breaker(counted, openUntil, pause);
        }
        Duration longer = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        Duration next = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        return new Breaker(counted, at.plus(next), next);
    }
}
