package dev.daveloper.application.webhooks;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.webhooks.in.Expecting;
import dev.daveloper.application.webhooks.in.Telling;
import dev.daveloper.application.webhooks.out.Outbox;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.Awaited;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Notes what is to become of documents, tells of it, and looks after notes whose process has died. Several nodes may
 * look after the same note: what they tell is the same event.
 */
final class Lookout implements Expecting {
    /** A note that is older was left behind, or belongs to a job that takes its time. */
    private static final Duration OVERDUE = Duration.ofMinutes(1);

    private static final int MAX_PER_ROUND = 200;

    private final EndpointsNear near;
    private final Telling telling;
    private final Outbox outbox;
    private final LateEvents late;
    private final DocumentService documents;
    private final InstantSource clock;
    private final EventListener listener;
    private final AtomicBoolean away = new AtomicBoolean();

    Lookout(
            EndpointsNear near,
            Telling telling,
            Outbox outbox,
            LateEvents late,
            DocumentService documents,
            InstantSource clock,
            EventListener listener) {
        this.near = near;
        this.telling = telling;
        this.outbox = outbox;
        this.late = late;
        this.documents = documents;
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public void accepted(IngestionJob.Ticket ticket) {
        Optional<SessionId> session = sessionOf(ticket.scope());
        if (near.isWanted(EventType.DOCUMENT_INGESTED, session) || near.isWanted(EventType.DOCUMENT_FAILED, session)) {
            await(new Awaited.Ingestion(ticket.id(), ticket.scope()));
        }
    }

    @Override
    public void ended(IngestionJob job) {
        Optional<WebhookEvent> event = eventOf(job).flatMap(telling::of);
        Awaited awaited = new Awaited.Ingestion(job.ticket().id(), job.ticket().scope());
        if (event.isPresent() || !near.all().isEmpty()) {
            late.settle(event, awaited);
        }
    }

    @Override
    public void deleting(DocumentId document, Scope scope) {
        if (near.isWanted(EventType.DOCUMENT_DELETED, sessionOf(scope))) {
            await(new Awaited.Deletion(document, scope));
        }
    }

    @Override
    public void deleted(GatewayEvent.DocumentDeleted deleted) {
        telling.of(deleted)
                .ifPresent(event ->
                        late.settle(Optional.of(event), new Awaited.Deletion(deleted.documentId(), deleted.scope())));
    }

    @Override
    public void missing(DocumentId document, Scope scope) {
        if (near.isWanted(EventType.DOCUMENT_DELETED, sessionOf(scope))) {
            late.settle(Optional.empty(), new Awaited.Deletion(document, scope));
        }
    }

    private void await(Awaited awaited) {
        try {
            outbox.await(awaited, clock.instant());
            away.set(false);
        } catch (RuntimeException e) {
            // Nobody is refused for it: unless this process dies in between, what happens is told of all the same.
            if (!away.getAndSet(true) || !(e instanceof StoreUnavailable)) {
                listener.on(new GatewayEvent.Trouble("webhooks", e, clock.instant()));
            }
        }
    }

    /** Looks what became of what is overdue. Throws what the outbox or the document service throws. */
    void look() {
        Instant overdue = clock.instant().minus(OVERDUE);
        for (Awaited awaited : outbox.awaited(overdue, MAX_PER_ROUND)) {
            switch (awaited) {
                case Awaited.Ingestion ingestion -> look(ingestion);
                case Awaited.Deletion deletion -> look(deletion);
            }
        }
    }

    /** A job that nobody knows was never begun, or its end was long ago and is known to nobody. */
    private void look(Awaited.Ingestion ingestion) {
        Optional<IngestionJob> job = documents.job(ingestion.job());
        if (job.isEmpty()) {
            late.settle(Optional.empty(), ingestion);
        } else if (job.get().isOver()) {
            late.settle(eventOf(job.get()).flatMap(telling::of), ingestion);
        }
    }

    /** Whoever asked for it may have died before or after it was done: it is done again, and told of as the same. */
    private void look(Awaited.Deletion deletion) {
        documents.delete(deletion.document());
        GatewayEvent deleted = new GatewayEvent.DocumentDeleted(deletion.document(), deletion.scope(), clock.instant());
        late.settle(telling.of(deleted), deletion);
    }

    private static Optional<GatewayEvent> eventOf(IngestionJob job) {
        return switch (job) {
            case IngestionJob.Completed completed ->
                Optional.of(new GatewayEvent.DocumentIngested(completed.document(), completed.at()));
            case IngestionJob.Failed failed ->
                Optional.of(new GatewayEvent.DocumentFailed(failed.ticket(), failed.failure(), failed.at()));
            case IngestionJob.Cancelled cancelled -> Optional.empty();
            case IngestionJob.Queued queued -> Optional.empty();
            case IngestionJob.Processing processing -> Optional.empty();
        };
    }

    private static Optional<SessionId> sessionOf(Scope scope) {
        return scope instanceof Scope.OfSession owned ? Optional.of(owned.session()) : Optional.empty();
    }
}
