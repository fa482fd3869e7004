package dev.daveloper.domain.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a caller wants of a cache (RFC 9111, section 5.2.1).
 *
 * @param reload it is to be made anew, whatever is kept
 * @param keep whether what is made may be kept
 * @param onlyKept nothing is to be made
 * @param maxAge it must not be older
 * @param minFresh it must be fresh for so long yet
 * @param maxStale it may be stale for so long
 */
public record Demand(
        boolean reload,
        boolean keep,
        boolean onlyKept,
        Optional<Duration> maxAge,
        Duration minFresh,
        Optional<Duration> maxStale) {
    /** Whatever is fresh, or may be given out otherwise. */
    public static final Demand ANY = new Demand(false, true, false, Optional.empty(), Duration.ZERO, Optional.empty());

    /** How an entry meets the demand. */
    public enum Use {
        FRESH,
        /** It is stale, which the caller accepts. */
        STALE,
        /** It is stale, and good enough while it is made anew. */
        WHILE_REVALIDATED,
        NONE
    }

    public Use of(Entry entry, Instant now) {
        if (reload || maxAge.filter(most -> entry.age(now).compareTo(most) > 0).isPresent()) {
            return Use.NONE;
        }
        Duration left = entry.left(now);
        if (left.isPositive() && left.compareTo(minFresh) >= 0) {
            return Use.FRESH;
        }
        if (minFresh.isPositive()) {
            return Use.NONE;
        }
        if (maxStale.filter(most -> left.plus(most).compareTo(Duration.ZERO) >= 0)
                .isPresent()) {
            return Use.STALE;
        }
        // Whoever bounds the age wants no more than that; whoever does not leaves it to us.
        return maxAge.isEmpty() && entry.servesWhileRevalidated(now) ? Use.WHILE_REVALIDATED : Use.NONE;
    }

    /** Whether an entry may be given out when it cannot be made anew. */
    public boolean acceptsOnError(Entry entry, Instant now) {
        return !reload && maxAge.isEmpty() && minFresh.isZero() && entry.servesOnError(now);
    }
}
