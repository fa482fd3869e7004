package dev.daveloper.domain.chat;

import java.util.Optional;

/**
 * A run as it is known after its log is gone.
 *
 * @param answer what it made; empty while it is being made
 */
public record RunRecord(Run run, Optional<AssistantMessage> answer) {}
