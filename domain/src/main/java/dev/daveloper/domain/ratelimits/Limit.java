package dev.daveloper.domain.ratelimits;

/** How much a policy admits: so much in a time, or so many at once. */
public sealed interface Limit permits Rate, Concurrency {
    /** What one caller can use up at most without a pause. */
    long most();
}
