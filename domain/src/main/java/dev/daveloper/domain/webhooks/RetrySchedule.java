package dev.daveloper.domain.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a delivery is tried again: so long after the end of each failed attempt, with up to a tenth more, so that what
 * failed together does not come back together. By default that of Standard Webhooks, which ends after three days.
 *
 * @param waits after the first, the second and each further failure; when there are no more, it is given up
 */
public record RetrySchedule(List<Duration> waits) {
    /** 0, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h: ten attempts. */
    public static final RetrySchedule STANDARD = new RetrySchedule(List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24)));

    public static final int MAX_WAITS = 20;

    /** A receiver may ask for more patience than the schedule has, but not for more than this. */
    public static final Duration MAX_RETRY_AFTER = Duration.ofHours(24);

    private static final double JITTER = 0.1;

    public RetrySchedule {
        waits = List.copyOf(waits);
        if (waits.size() > MAX_WAITS || waits.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("a schedule has up to " + MAX_WAITS + " waits of no less than nothing");
        }
    }

    /** How often it is tried in all. */
    public int attempts() {
        return waits.size() + 1;
    }

    /**
     * When to try again.
     *
     * @param failures how many attempts have failed, at least 1
     * @param asked how long the receiver asked to be left alone; only ever makes it later
     * @return empty when it is given up
     */
    public Optional<Instant> next(int failures, Instant failedAt, Optional<Duration> asked, RandomGenerator random) {
        if (failures > waits.size()) {
            return Optional.empty();
        }
        Duration wait = waits.get(failures - 1);
        Duration jittered = wait.plusNanos((long) (wait.toNanos() * JITTER * random.nextDouble()));
        Duration patient = asked.map(RetrySchedule::bounded)
                .filter(more -> more.compareTo(jittered) > 0)
                .orElse(jittered);
        return Optional.of(failedAt.plus(patient));
    }

    private static Duration bounded(Duration asked) {
        return asked.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : asked;
    }
}
