package dev.daveloper.domain.ratelimits;

/** What is done while what all nodes count together cannot be asked. */
public enum OnFailure {
    /** Each node counts for itself, up to the whole quota. */
    ALLOW,
    /** Nothing is admitted. */
    REFUSE
}
