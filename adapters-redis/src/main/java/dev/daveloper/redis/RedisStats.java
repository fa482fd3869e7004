package dev.daveloper.redis;

/**
 * Which connections to Redis stand at the moment. In a cluster each is one to some node, and says that the cluster can
 * be reached.
 *
 * @param commands the one on which commands of all callers go
 * @param apart the one for commands that wait for copies
 * @param listening the one on which other nodes are heard
 */
public record RedisStats(boolean commands, boolean apart, boolean listening) {
    /** While Redis is looked for. */
    static final RedisStats NONE = new RedisStats(false, false, false);
}
