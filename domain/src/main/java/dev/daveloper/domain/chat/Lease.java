package dev.daveloper.domain.chat;

/**
 * The right to write a run's log. Whoever holds the highest epoch holds the run; what is written under a lower one is
 * refused, so that an owner who was thought dead cannot write on.
 *
 * @param epoch 1 for the node that started the run, one more with every takeover
 */
public record Lease(Run run, long epoch) {}
