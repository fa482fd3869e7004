package dev.daveloper.domain.events;

import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Instant;

/** Something that happened and that somebody outside the core may care for. */
public sealed interface GatewayEvent {
    Instant at();

    record SessionOpened(SessionId sessionId, Instant at) implements GatewayEvent {}

    /** @param expired whether it ran out, rather than being ended by its owner */
    record SessionEnded(SessionId sessionId, boolean expired, Instant at) implements GatewayEvent {}

    record RunStarted(Run run, Instant at) implements GatewayEvent {}

    record RunEnded(Run run, AssistantMessage message, Instant at) implements GatewayEvent {}

    /** Something failed that should not; the caller was told no more than that. */
    record Trouble(String where, Throwable cause, Instant at) implements GatewayEvent {}
}
