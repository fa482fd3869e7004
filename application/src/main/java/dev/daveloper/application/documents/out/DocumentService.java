package dev.daveloper.application.documents.out;

import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.Accepted;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.NewDocument;
import dev.daveloper.domain.documents.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whoever keeps documents and ingests them. It does not ask who calls: the core does, before. Do not mock it:
 * {@code InMemoryDocuments} in the test kit keeps the same contract, which {@code DocumentServiceContract} checks for
 * every implementation. Safe for use by many threads.
 *
 * <p>Every method throws {@link dev.daveloper.domain.failures.DocumentsUnavailable} when the service cannot be reached
 * or takes no work, and {@link dev.daveloper.domain.failures.DocumentsFailed} when it breaks down over the call.
 */
public interface DocumentService {
    /**
     * Takes a document over: reads its bytes to their end, keeps them, and answers once they are safe from the end of
     * the process; the ingestion happens afterwards. Reads at its own pace and never holds more than a bounded part of
     * the bytes in memory. Whatever is thrown, nothing of the document is kept.
     *
     * @param content is not closed by the service
     * @throws IOException when reading {@code content} throws it, as it came
     * @throws dev.daveloper.domain.failures.DocumentRefused when the document is larger than it may be, is empty, or
     *     exceeds the quota, which is decided in the same step that adds it
     */
    Accepted ingest(NewDocument document, InputStream content) throws IOException, InterruptedException;

    /** How the job stands; empty when there is none, or when it failed or was cancelled long ago. */
    Optional<IngestionJob> job(JobId job);

    /** Follows a job from how it stands now. Returns at once; whatever goes wrong, the stream tells. */
    JobStream watch(JobId job);

    /** Gives a job up that is not over, soon. Does nothing when it is over or unknown. */
    void cancel(JobId job);

    /** Jobs of this scope, newest first: those under way, and those that ended and are still remembered. */
    List<IngestionJob> jobs(Scope scope, int max);

    /** Jobs of all scopes that are not over, oldest first. */
    List<IngestionJob> unfinished(int max);

    /**
     * Ingested documents, newest first.
     *
     * @throws dev.daveloper.domain.failures.InvalidRequest when the cursor is none that was given for this query
     */
    Page<Document> list(DocumentQuery query, PageRequest page);

    Optional<Document> find(DocumentId document);

    /** Those of these that there are, in any order; of one that asks another process, in one call where that can be. */
    default List<Document> findAll(Set<DocumentId> documents) {
        return documents.stream().map(this::find).flatMap(Optional::stream).toList();
    }

    /**
     * Forgets a document with its passages, its bytes and its job, or gives it up while it is ingested. Once this
     * returns no search finds it.
     *
     * @return whether there was one to delete
     */
    boolean delete(DocumentId document);

    /** Does for all documents and jobs of a scope what {@link #delete} does for one. */
    void deleteAll(Scope scope);

    /**
     * Whether calls are known to be futile at the moment, without asking anybody.
     *
     * @return how long to wait before asking again; empty when the service may be asked
     */
    default Optional<Duration> unavailableFor() {
        return Optional.empty();
    }
}
