package dev.daveloper.domain.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * For how long nothing has reached an endpoint. It is given up after days without a single success, counted from when
 * it was plain that this is no hiccup: several failures within a day, the first and the last half a day apart.
 *
 * @param first of the failures in a row; empty when the last attempt was a success
 * @param failures in a row
 * @param certainSince when it was plain
 */
public record FailureStreak(Optional<Instant> first, long failures, Optional<Instant> certainSince) {
    public static final FailureStreak NONE = new FailureStreak(Optional.empty(), 0, Optional.empty());
    public static final Duration GIVEN_UP_AFTER = Duration.ofDays(5);

    /** So many failures are several. */
    public static final int SEVERAL = 3;

    /** So far the first and the last of them are apart. */
    public static final Duration APART = Duration.ofHours(12);

    public FailureStreak after(Verdict verdict, Instant at) {
        if (verdict == Verdict.DELIVERED) {
            return NONE;
        }
        Instant began = first.orElse(at);
        boolean certain = failures + 1 >= SEVERAL && !at.isBefore(began.plus(APART));
        return new FailureStreak(
                Optional.of(began), failures + 1, certainSince.or(() -> certain ? Optional.of(at) : Optional.empty()));
    }

    /** Whether the endpoint is to be given up. */
    public boolean isHopeless(Instant now) {
        return certainSince
                .filter(since -> !now.isBefore(since.plus(GIVEN_UP_AFTER)))
                .isPresent();
    }
}
