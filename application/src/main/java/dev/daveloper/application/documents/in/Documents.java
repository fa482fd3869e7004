package dev.daveloper.application.documents.in;

import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.Accepted;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.documents.Scope;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Documents that answers are made from. Every call is made on behalf of a scope that the caller has been proved to
 * speak for: its session, or {@link Scope#SHARED} for an administrator. A session sees its own documents and the shared
 * ones; what it may not see is {@link dev.daveloper.domain.failures.NotFound}, exactly as what never was.
 *
 * <p>All methods may be called from any thread. They may block for as long as the document service does, so call them
 * from virtual threads; {@link dev.daveloper.domain.failures.DocumentsUnavailable} says that it cannot be reached.
 */
public interface Documents {
    /** Jobs that one list has at most. */
    int MAX_JOBS = 200;

    /**
     * Hands a document over. Reads the upload to its end while it comes; when this returns its bytes are safe and the
     * ingestion is queued. Whatever is thrown, nothing of the document is kept.
     *
     * @param owner whose document it becomes
     * @throws IOException when the upload breaks off
     * @throws dev.daveloper.domain.failures.DocumentRefused when it is not taken, saying why
     * @throws dev.daveloper.domain.failures.InvalidRequest when it has no usable name
     */
    Accepted ingest(Scope owner, Upload upload) throws IOException, InterruptedException;

    /** How a job stands. */
    IngestionJob job(Scope viewer, JobId job);

    /** The viewer's own jobs, newest first, at most {@value #MAX_JOBS}. */
    List<IngestionJob> jobs(Scope viewer);

    /** Follows one job from how it stands now to its end. */
    JobFollower follow(Scope viewer, JobId job);

    /**
     * Follows all of the viewer's own jobs: those under way, and those that are accepted at this node while it follows.
     * Never ends by itself.
     */
    JobFollower followAll(Scope viewer);

    /** Gives up a job of the caller's own; does nothing when it is over. */
    void cancel(Scope owner, JobId job);

    /**
     * Ingested documents that the viewer may see, newest first.
     *
     * @param only the documents of one of the viewer's scopes alone; empty for all that it may see
     */
    Page<Document> list(Scope viewer, Filter only, PageRequest page);

    Document find(Scope viewer, DocumentId document);

    /** Those of these that there are and that the viewer may see, in one call; in any order. */
    List<Document> findAll(Scope viewer, Set<DocumentId> documents);

    /**
     * Forgets a document; once this returns no answer is made from it.
     *
     * @throws dev.daveloper.domain.failures.Forbidden when the caller may see it but it is not the caller's own
     */
    void delete(Scope owner, DocumentId document);

    /** Forgets all that this scope owns, finished or not. */
    void deleteAll(Scope owner);

    /**
     * Narrows a list down.
     *
     * @param scope only documents of this scope; one that the viewer may not read yields nothing
     * @param nameContains only documents whose name contains this, in upper or lower case
     */
    record Filter(Optional<Scope> scope, Optional<String> nameContains, Optional<MediaKind> kind) {
        public static final Filter NONE = new Filter(Optional.empty(), Optional.empty(), Optional.empty());

        /** As a query for this viewer; empty when there is nothing that it could find. */
        public Optional<DocumentQuery> by(Scope viewer) {
            List<Scope> scopes = viewer.readable().stream()
                    .filter(readable -> scope.isEmpty() || scope.get().equals(readable))
                    .toList();
            return scopes.isEmpty() ? Optional.empty() : Optional.of(new DocumentQuery(scopes, nameContains, kind));
        }
    }
}
