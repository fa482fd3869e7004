package dev.daveloper.http.failures;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** So many a minute and no more, counted from the first of each minute. Safe for use by many threads. */
final class PerMinute {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final int most;
    private Instant until = Instant.MIN;
    private int taken;

    PerMinute(InstantSource clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    synchronized boolean take() {
        Instant now = clock.instant();
        if (!now.isBefore(until)) {
            until = now.plus(MINUTE);
            taken = 0;
        }
        if (taken >= most) {
            return false;
        }
        taken++;
        return true;
    }
}
