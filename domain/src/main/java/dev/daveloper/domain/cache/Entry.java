package dev.daveloper.domain.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What is kept, since when, and how long it is good for.
 *
 * @param tags what it was made from
 * @param storedAt by the clock of the node that made it
 * @param madeIn how long that took, which tells how early it is worth making it anew
 */
public record Entry(Content content, Set<Tag> tags, Freshness freshness, Instant storedAt, Duration madeIn) {
    public static final int MAX_TAGS = 8;

    public Entry {
        tags = Set.copyOf(tags);
        if (tags.size() > MAX_TAGS) {
            throw new IllegalArgumentException("at most " + MAX_TAGS + " tags, not " + tags.size());
        }
    }

    /** Never negative: another node's clock may be ahead. */
    public Duration age(Instant now) {
        Duration age = Duration.between(storedAt, now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** For how much longer it is fresh; negative once it is stale. */
    public Duration left(Instant now) {
        return freshness.ttl().minus(age(now));
    }

    public boolean isFresh(Instant now) {
        return left(now).isPositive();
    }

    /** Whether it may be given out while it is made anew. */
    public boolean servesWhileRevalidated(Instant now) {
        return left(now).plus(freshness.whileRevalidate()).isPositive();
    }

    /** Whether it may be given out because it cannot be made anew. */
    public boolean servesOnError(Instant now) {
        return left(now).plus(freshness.ifError()).isPositive();
    }

    /** How long there is a use for it yet; not positive when there is none. */
    public Duration keep(Instant now) {
        return freshness.keep().minus(age(now));
    }

    /** What it takes of the memory or of the store, about. */
    public int weight() {
        return content.bytes().length + 200;
    }
}
