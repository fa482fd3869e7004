package dev.daveloper.domain.health;

import java.time.Instant;

/**
 * What a component said of itself when it was last asked.
 *
 * @param component its name, such as {@code agent}
 * @param detail what is amiss, without hosts or secrets; empty when nothing is
 * @param at when it was asked
 */
public record ComponentHealth(String component, Status status, String detail, Instant at) {}
