package dev.daveloper.domain.ratelimits;

/** Who shares one quota. */
public enum KeyedBy {
    /** Each session has its own; a caller without a session is not counted. */
    SESSION,
    /** Each client address has its own, see {@link dev.daveloper.domain.sessions.ClientAddress}. */
    ADDRESS,
    /** There is one for all. */
    GLOBAL
}
