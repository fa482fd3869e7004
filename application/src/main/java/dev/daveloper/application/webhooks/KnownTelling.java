package dev.daveloper.application.webhooks;

import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.application.webhooks.in.Telling;
import dev.daveloper.application.webhooks.out.EventPayloads;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.tracing.TraceContext;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells what an enabled endpoint wants, as this node knows the endpoints. */
final class KnownTelling implements Telling {
    /** Within so long several nodes may find out that a component has changed, and one event tells of it. */
    private static final Duration SAME_FINDING = Duration.ofSeconds(10);

    private final EndpointsNear near;
    private final EventPayloads payloads;
    private final Tracer tracer;
    private final EventListener listener;
    private final String node;

    /** @param node this process's name, which no other has */
    KnownTelling(EndpointsNear near, EventPayloads payloads, Tracer tracer, EventListener listener, String node) {
        this.near = near;
        this.payloads = payloads;
        this.tracer = tracer;
        this.listener = listener;
        this.node = node;
    }

    /**
     * What a told event is.
     *
     * @param made the moment that its id is made of
     * @param source see {@link EventId#of}
     */
    private record Name(EventType type, Instant made, String source, Optional<SessionId> session) {
        Name(EventType type, Instant made, SessionId session) {
            this(type, made, session.value(), Optional.of(session));
        }
    }

    @Override
    public Optional<WebhookEvent> of(GatewayEvent event) {
        try {
            return nameOf(event)
                    .filter(name -> near.isWanted(name.type(), name.session()))
                    .map(name -> written(event, name, EventId.of(name.type(), name.made(), name.source())));
        } catch (RuntimeException e) {
            // What cannot be told of must not keep it from happening.
            listener.on(new GatewayEvent.Trouble("webhooks", e, event.at()));
            return Optional.empty();
        }
    }

    /** The event of a test, whoever wants it. */
    WebhookEvent test(GatewayEvent.EndpointTested tested, EventId id) {
        Name name = new Name(EventType.TEST, tested.at(), tested.endpoint().value(), Optional.empty());
        return written(tested, name, id);
    }

    private WebhookEvent written(GatewayEvent event, Name name, EventId id) {
        return new WebhookEvent(
                id,
                name.type(),
                name.session(),
                event.at(),
                payloads.bodyOf(name.type(), event.at(), event),
                tracer.current().flatMap(Span::sent).filter(TraceContext::sampled));
    }

    private Optional<Name> nameOf(GatewayEvent event) {
        return switch (event) {
            case GatewayEvent.RunEnded ended -> Optional.of(nameOf(ended));
            case GatewayEvent.SessionOpened opened ->
                Optional.of(new Name(EventType.SESSION_OPENED, opened.at(), opened.sessionId()));
            case GatewayEvent.SessionEnded ended ->
                Optional.of(new Name(EventType.SESSION_ENDED, ended.at(), ended.sessionId()));
            case GatewayEvent.DocumentIngested ingested ->
                Optional.of(nameOf(
                        EventType.DOCUMENT_INGESTED,
                        ingested.at(),
                        ingested.document().id().value(),
                        ingested.document().scope()));
            case GatewayEvent.DocumentFailed failed ->
                Optional.of(nameOf(
                        EventType.DOCUMENT_FAILED,
                        failed.at(),
                        failed.ticket().id().value(),
                        failed.ticket().scope()));
            case GatewayEvent.DocumentDeleted deleted -> Optional.of(nameOf(deleted));
            case GatewayEvent.LimitExceeded exceeded ->
                Optional.of(new Name(
                        EventType.LIMIT_EXCEEDED, exceeded.at(), exceeded.policy() + "\n" + node, Optional.empty()));
            case GatewayEvent.HealthChanged changed -> Optional.of(nameOf(changed));
            case GatewayEvent.EndpointDisabled disabled -> Optional.of(nameOf(disabled));
            case GatewayEvent.EndpointTested tested -> Optional.empty();
            case GatewayEvent.SessionRenewed renewed -> Optional.empty();
            case GatewayEvent.RunStarted started -> Optional.empty();
            case GatewayEvent.Trouble trouble -> Optional.empty();
        };
    }

    private static Name nameOf(GatewayEvent.RunEnded ended) {
        EventType type = switch (ended.message().outcome()) {
            case COMPLETED -> EventType.RUN_COMPLETED;
            case CANCELLED -> EventType.RUN_CANCELLED;
            case INTERRUPTED, LIMITED, FAILED -> EventType.RUN_FAILED;
        };
        return new Name(
                type,
                ended.at(),
                ended.run().id().value(),
                Optional.of(ended.run().sessionId()));
    }

    private static Name nameOf(GatewayEvent.HealthChanged changed) {
        long each = SAME_FINDING.toMillis();
        Instant cut = Instant.ofEpochMilli(changed.at().toEpochMilli() / each * each);
        String source = changed.now().component() + "\n" + changed.now().status();
        return new Name(EventType.HEALTH_CHANGED, cut, source, Optional.empty());
    }

    private static Name nameOf(EventType type, Instant at, String source, Scope scope) {
        Optional<SessionId> session =
                scope instanceof Scope.OfSession owned ? Optional.of(owned.session()) : Optional.empty();
        return new Name(type, at, source, session);
    }

    /** Whoever finds the note of it after a crash has no better moment than the document's own. */
    private static Name nameOf(GatewayEvent.DocumentDeleted deleted) {
        return nameOf(
                EventType.DOCUMENT_DELETED,
                deleted.documentId().madeAt(),
                deleted.documentId().value(),
                deleted.scope());
    }

    private static Name nameOf(GatewayEvent.EndpointDisabled disabled) {
        String source = disabled.endpoint().id() + "\n" + disabled.endpoint().version();
        return new Name(EventType.ENDPOINT_DISABLED, disabled.at(), source, Optional.empty());
    }
}
