package dev.daveloper.domain.cache;

import dev.daveloper.domain.failures.InvalidValue;
import java.time.Duration;

/**
 * How long an entry is good for (RFC 9111, section 4.2, and RFC 5861).
 *
 * @param ttl as long as this it is fresh
 * @param whileRevalidate for so much longer it is given out while it is made anew
 * @param ifError for so much longer than {@code ttl} it is given out when it cannot be made anew
 */
public record Freshness(Duration ttl, Duration whileRevalidate, Duration ifError) {
    /** Nothing is kept longer, whatever it says. */
    public static final Duration MAX = Duration.ofDays(1);

    /** Nothing is kept. */
    public static final Freshness NONE = new Freshness(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    public Freshness {
        requireWithin("ttl", ttl);
        requireWithin("whileRevalidate", whileRevalidate);
        requireWithin("ifError", ifError);
    }

    public static Freshness of(Duration ttl) {
        return new Freshness(ttl, Duration.ZERO, Duration.ZERO);
    }

    /** How long there is a use for an entry, at least a moment of which it is fresh. */
    public Duration keep() {
        return ttl.plus(whileRevalidate.compareTo(ifError) > 0 ? whileRevalidate : ifError);
    }

    /** Whether anything is kept at all. */
    public boolean isNone() {
        return ttl.isZero();
    }

    /** The same, fresh for another time. */
    public Freshness freshFor(Duration otherTtl) {
        return new Freshness(otherTtl, whileRevalidate, ifError);
    }

    private static void requireWithin(String name, Duration time) {
        if (time.isNegative() || time.compareTo(MAX) > 0) {
            throw new InvalidValue(name, time.toString(), "from nothing to a day");
        }
    }
}
