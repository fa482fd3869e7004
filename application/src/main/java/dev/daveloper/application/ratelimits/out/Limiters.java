package dev.daveloper.application.ratelimits.out;

/**
 * All that rate limits need.
 *
 * @param shared counts for all nodes
 * @param alone counts for this node while that is away; the same one where there is only one node
 * @param changes what administrators changed
 */
public record Limiters(RateLimiter shared, RateLimiter alone, PolicyStore changes) {
    /** Where nothing is counted. */
    public static final Limiters NONE =
            new Limiters(new NoRateLimiter(), new NoRateLimiter(), new NoRateLimiter.Unchanged());
}
