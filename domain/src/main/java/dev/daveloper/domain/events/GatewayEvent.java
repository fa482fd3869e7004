package dev.daveloper.domain.events;

import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.health.ComponentHealth;
import dev.daveloper.domain.health.Status;
import dev.daveloper.domain.sessions.SessionEnd;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.Standing;
import java.time.Instant;

/** Something that happened and that somebody outside the core may care for. */
public sealed interface GatewayEvent {
    Instant at();

    record SessionOpened(SessionId sessionId, Instant at) implements GatewayEvent {}

    /** Whatever was opened by the session's token before is to be closed. */
    record SessionRenewed(SessionId sessionId, Instant at) implements GatewayEvent {}

    record SessionEnded(SessionId sessionId, SessionEnd how, Instant at) implements GatewayEvent {}

    record RunStarted(Run run, Instant at) implements GatewayEvent {}

    record RunEnded(Run run, AssistantMessage message, Instant at) implements GatewayEvent {}

    record DocumentIngested(Document document, Instant at) implements GatewayEvent {}

    record DocumentFailed(IngestionJob.Ticket ticket, Failure failure, Instant at) implements GatewayEvent {}

    record DocumentDeleted(DocumentId documentId, Scope scope, Instant at) implements GatewayEvent {}

    /**
     * Calls were refused by a rate limit.
     *
     * @param refused how many of them, by this node
     * @param since when they are counted
     */
    record LimitExceeded(String policy, long refused, Instant since, Instant at) implements GatewayEvent {}

    /** A component of this node is better or worse than it was. */
    record HealthChanged(ComponentHealth now, Status before, Instant at) implements GatewayEvent {}

    /** An endpoint is not delivered to any more, and nobody wished so. */
    record EndpointDisabled(Endpoint endpoint, Standing.Reason reason, Instant at) implements GatewayEvent {}

    /** An administrator wants to see whether an endpoint works. */
    record EndpointTested(EndpointId endpoint, Instant at) implements GatewayEvent {}

    /** Something failed that should not; the caller was told no more than that. */
    record Trouble(String where, Throwable cause, Instant at) implements GatewayEvent {}
}
