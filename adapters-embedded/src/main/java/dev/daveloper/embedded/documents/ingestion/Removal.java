package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.IngestionJob.Ticket;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.embedded.documents.DocumentIndex;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away what belongs to jobs that the database has no more: their place in the queue, their worker's time, their
 * file, their passages. Passages that cannot be taken out are hidden until the keeper can.
 */
final class Removal {
    private static final Logger LOG = LoggerFactory.getLogger(Removal.class);

    private final WaitingJobs waiting;
    private final JobBoard board;
    private final DocumentFiles files;
    private final DocumentIndex index;
    private final Unlisted unlisted;

    Removal(WaitingJobs waiting, JobBoard board, DocumentFiles files, DocumentIndex index, Unlisted unlisted) {
        this.waiting = waiting;
        this.board = board;
        this.files = files;
        this.index = index;
        this.unlisted = unlisted;
    }

    void remove(JobRow row) {
        DocumentId document = row.job().ticket().documentId();
        unlisted.deleting(document);
        giveUp(row);
        try {
            removePassages(document);
        } catch (GatewayException e) {
            LOG.warn("the passages of a deleted document are hidden, and removed later", e);
        }
    }

    void removeAll(Scope scope, List<JobRow> rows) {
        rows.forEach(row -> unlisted.deleting(row.job().ticket().documentId()));
        rows.forEach(this::giveUp);
        try {
            index.removeAll(scope);
            rows.forEach(row -> unlisted.deleted(row.job().ticket().documentId()));
        } catch (GatewayException e) {
            LOG.warn("the passages of deleted documents are hidden, and removed later", e);
        }
    }

    /** Ends a deletion that {@link Unlisted} knows. */
    void removePassages(DocumentId document) {
        index.remove(document);
        unlisted.deleted(document);
    }

    void takeOut(DocumentId document) {
        index.remove(document);
    }

    /** Lets go of the job itself, which the database has otherwise. */
    void giveUp(JobRow row) {
        Ticket job = row.job().ticket();
        waiting.remove(job);
        board.giveUp(job.id());
        files.remove(row.file());
    }
}
