package dev.daveloper.domain.ratelimits;

import dev.daveloper.domain.failures.InvalidValue;

/**
 * So many at once.
 *
 * @param slots 1 to {@value #MAX_SLOTS}
 */
public record Concurrency(int slots) implements Limit {
    public static final int MAX_SLOTS = 1_000_000;

    public Concurrency {
        if (slots < 1 || slots > MAX_SLOTS) {
            throw new InvalidValue("concurrency", Integer.toString(slots), "from 1 to " + MAX_SLOTS);
        }
    }

    @Override
    public long most() {
        return slots;
    }
}
