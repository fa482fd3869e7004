package dev.daveloper.domain.sessions;

/**
 * How many sessions there are and were since the store was made.
 *
 * @param live opened and not ended; one that has run out counts until it is cleaned up, within a minute
 */
public record SessionCounts(long live, long opened, long ended, long expired, long revoked) {}
