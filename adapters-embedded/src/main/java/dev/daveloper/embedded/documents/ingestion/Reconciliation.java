package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.stored.EpochNanos;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the list, the index and the files into agreement after whatever ended the process before, while nothing else
 * works on them. The list is right: what it lacks is removed elsewhere, what the others lack is made again.
 */
final class Reconciliation {
    /** A document that ended the process so often in the middle of its ingestion is not tried again. */
    static final int MAX_ATTEMPTS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    private static final Failure ENDED_THE_PROCESS = new Failure(
            FailureCode.DOCUMENT_TOO_COMPLEX,
            "The document service ended " + MAX_ATTEMPTS
                    + " times while it was reading this document, so it is not tried again.");
    private static final Failure FILE_GONE = new Failure(
            FailureCode.DOCUMENTS_FAILED, "The document's file is no longer there; send the document again.");

    private final Database database;
    private final Storage storage;
    private final Unlisted unlisted;
    private final InstantSource clock;

    Reconciliation(Database database, Storage storage, Unlisted unlisted, InstantSource clock) {
        this.database = database;
        this.storage = storage;
        this.unlisted = unlisted;
        this.clock = clock;
    }

    /** Leaves every job queued or over. */
    void run() throws IOException {
        takeBackWhatWasBegun();
        Set<String> files = storage.files().kept();
        Set<String> orphans = new HashSet<>(files);
        Set<DocumentId> strangers = storage.index().documents();
        List<JobId> again = new ArrayList<>();
        List<JobId> lost = new ArrayList<>();
        for (JobRow row : kept()) {
            orphans.remove(row.file());
            IngestionJob job = row.job();
            boolean indexed = strangers.remove(job.ticket().documentId());
            boolean listed = job instanceof IngestionJob.Completed;
            if (indexed && !listed) {
                // It was put in and not listed, and will be put in again: before that nobody may find it.
                storage.index().remove(job.ticket().documentId());
            }
            if (!listed || !indexed) {
                (files.contains(row.file()) ? again : lost).add(job.ticket().id());
            }
        }
        again.forEach(this::queueAgain);
        lost.forEach(job -> fail(job, FILE_GONE));
        orphans.forEach(storage.files()::remove);
        // There may be many, and each takes a commit of the index: hidden now, removed by the keeper.
        strangers.forEach(unlisted::deleting);
        LOG.info(
                "documents: {} to be ingested, {} lost, {} files and {} indexed documents that nobody knows removed",
                again.size(),
                lost.size(),
                orphans.size(),
                strangers.size());
    }

    private void takeBackWhatWasBegun() {
        database.write(connection -> {
            connection.update(
                    "UPDATE jobs SET state = 'failed', changed_at = ?, failure_code = ?, failure_detail = ?"
                            + " WHERE state = 'processing' AND attempts >= ?",
                    now(),
                    ENDED_THE_PROCESS.code().wireName(),
                    ENDED_THE_PROCESS.detail(),
                    MAX_ATTEMPTS);
            return connection.update(
                    "UPDATE jobs SET state = 'queued', changed_at = ?" + " WHERE state = 'processing'", now());
        });
    }

    private List<JobRow> kept() {
        return database.read(connection -> connection.list(
                "SELECT " + JobRow.COLUMNS + " FROM jobs WHERE state NOT IN ('failed', 'cancelled') ORDER BY number",
                JobRow::read));
    }

    /** Also a document that was listed: until it is findable again it is not. */
    private void queueAgain(JobId job) {
        database.write(connection -> connection.update(
                "UPDATE jobs SET state = 'queued', attempts = 0, changed_at = ? WHERE id = ? AND state = 'completed'",
                now(),
                job.value()));
    }

    private void fail(JobId job, Failure failure) {
        database.write(connection -> connection.update(
                "UPDATE jobs SET state = 'failed', changed_at = ?, failure_code = ?, failure_detail = ? WHERE id = ?",
                now(),
                failure.code().wireName(),
                failure.detail(),
                job.value()));
    }

    private long now() {
        return EpochNanos.of(clock.instant());
    }
}
