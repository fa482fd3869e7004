package dev.daveloper.application.documents;

import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.application.documents.in.JobFollower;
import dev.daveloper.application.documents.in.Upload;
import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.webhooks.in.Expecting;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.Accepted;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.DocumentName;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.documents.NewDocument;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.failures.Forbidden;
import dev.daveloper.domain.failures.NotFound;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says who may do what to documents, checks what comes in, and tells of what became of it. */
public final class DocumentsService implements Documents, AutoCloseable {
    private final DocumentService service;
    private final DocumentSettings settings;
    private final Ids ids;
    private final InstantSource clock;
    private final EventListener listener;
    private final Expecting expecting;
    private final LiveJobs live;

    /** Of which nobody outside is told. */
    public DocumentsService(
            DocumentService service, DocumentSettings settings, Ids ids, InstantSource clock, EventListener listener) {
        this(service, settings, ids, clock, listener, Expecting.NOTHING);
    }

    public DocumentsService(
            DocumentService service,
            DocumentSettings settings,
            Ids ids,
            InstantSource clock,
            EventListener listener,
            Expecting expecting) {
        this.service = service;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
        this.listener = listener;
        this.expecting = expecting;
        this.live = new LiveJobs(service, settings, clock, this::ended);
    }

    /** Takes up the jobs that an earlier process left under way, as soon as the document service can be asked. */
    public void resume() {
        live.resume();
    }

    @Override
    public Accepted ingest(Scope owner, Upload upload) throws IOException, InterruptedException {
        if (service.unavailableFor().isPresent()) {
            throw new DocumentsUnavailable();
        }
        live.requireRoom();
        String name = DocumentName.clean(upload.name());
        PushbackInputStream content = new PushbackInputStream(upload.content(), MediaKind.HEAD_BYTES);
        byte[] head = content.readNBytes(MediaKind.HEAD_BYTES);
        MediaKind kind = MediaKind.agreed(name, upload.declaredType(), head);
        content.unread(head);
        NewDocument document = new NewDocument(
                JobId.next(ids),
                DocumentId.next(ids),
                owner,
                name,
                kind,
                settings.maxBytes(),
                owner.equals(Scope.SHARED) ? settings.shared() : settings.session());
        Accepted accepted = service.ingest(document, content);
        if (!accepted.job().isOver()) {
            expecting.accepted(accepted.job().ticket());
        }
        live.watch(accepted.job());
        return accepted;
    }

    @Override
    public IngestionJob job(Scope viewer, JobId job) {
        return service.job(job)
                .filter(found -> found.ticket().scope().equals(viewer))
                .orElseThrow(() -> new NotFound("job"));
    }

    @Override
    public List<IngestionJob> jobs(Scope viewer) {
        return service.jobs(viewer, MAX_JOBS);
    }

    @Override
    public JobFollower follow(Scope viewer, JobId job) {
        ScopeFollower follower = live.follow(viewer, Optional.of(job));
        return begun(follower, () -> follow(follower, job(viewer, job)));
    }

    @Override
    public JobFollower followAll(Scope viewer) {
        ScopeFollower follower = live.follow(viewer, Optional.empty());
        return begun(
                follower,
                () -> service.jobs(viewer, MAX_JOBS).stream()
                        .filter(job -> !job.isOver())
                        .forEach(job -> follow(follower, job)));
    }

    private void follow(ScopeFollower follower, IngestionJob job) {
        follower.tellFirst(job);
        live.watch(job);
    }

    private static JobFollower begun(ScopeFollower follower, Runnable beginning) {
        try {
            beginning.run();
            return follower;
        } catch (RuntimeException e) {
            follower.close();
            throw e;
        }
    }

    @Override
    public void cancel(Scope owner, JobId job) {
        if (!job(owner, job).isOver()) {
            service.cancel(job);
        }
    }

    @Override
    public Page<Document> list(Scope viewer, Filter only, PageRequest page) {
        return only.by(viewer)
                .map(query -> service.list(query, page))
                .orElseGet(() -> new Page<>(List.of(), Optional.empty()));
    }

    @Override
    public Document find(Scope viewer, DocumentId document) {
        return service.find(document)
                .filter(found -> viewer.readable().contains(found.scope()))
                .orElseThrow(() -> new NotFound("document"));
    }

    @Override
    public List<Document> findAll(Scope viewer, Set<DocumentId> wanted) {
        return service.findAll(wanted).stream()
                .filter(found -> viewer.readable().contains(found.scope()))
                .toList();
    }

    @Override
    public void delete(Scope owner, DocumentId document) {
        Document found = find(owner, document);
        if (!found.scope().equals(owner)) {
            throw new Forbidden("This document is shared; only an administrator may delete it.");
        }
        expecting.deleting(document, owner);
        if (service.delete(document)) {
            GatewayEvent.DocumentDeleted deleted = new GatewayEvent.DocumentDeleted(document, owner, clock.instant());
            listener.on(deleted);
            expecting.deleted(deleted);
        } else {
            expecting.missing(document, owner);
        }
    }

    @Override
    public void deleteAll(Scope owner) {
        service.deleteAll(owner);
    }

    /** How many jobs under way this node knows. */
    int jobsUnderWay() {
        return live.size();
    }

    private void ended(IngestionJob job) {
        tell(job);
        expecting.ended(job);
    }

    private void tell(IngestionJob job) {
        switch (job) {
            case IngestionJob.Completed completed ->
                listener.on(new GatewayEvent.DocumentIngested(completed.document(), completed.at()));
            case IngestionJob.Failed failed ->
                listener.on(new GatewayEvent.DocumentFailed(failed.ticket(), failed.failure(), failed.at()));
            case IngestionJob.Cancelled cancelled -> {}
            case IngestionJob.Queued queued -> throw new IllegalStateException("queued is no end");
            case IngestionJob.Processing processing -> throw new IllegalStateException("processing is no end");
        }
    }

    /** Ends every watch and following; the jobs go on at the document service. Idempotent. */
    @Override
    public void close() {
        live.close();
    }
}
