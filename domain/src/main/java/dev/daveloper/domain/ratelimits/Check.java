package dev.daveloper.domain.ratelimits;

import dev.daveloper.domain.failures.InvalidValue;

/**
 * One policy's question about one caller.
 *
 * @param cost how much of the quota is wanted, 0 or more; of slots always one
 */
public record Check(Policy policy, Subject subject, long cost) {
    public Check {
        if (cost < 0) {
            throw new InvalidValue("cost", Long.toString(cost), "0 or more");
        }
    }

    public Check costing(long other) {
        return new Check(policy, subject, other);
    }
}
