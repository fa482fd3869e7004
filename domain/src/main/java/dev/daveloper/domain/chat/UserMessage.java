package dev.daveloper.domain.chat;

import java.time.Instant;

/** What a person asked. */
public record UserMessage(MessageId id, RunId runId, Instant at, String text) implements Message {}
