package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.IngestionJob.Ticket;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.embedded.SqliteConnection;
import dev.daveloper.stored.EpochNanos;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Jobs and the documents that they made, as the database keeps them: the truth of what there is. */
final class JobTable {
    private static final String SELECT = "SELECT " + JobRow.COLUMNS + " FROM jobs ";
    private static final String UNFINISHED = "state IN ('queued', 'processing')";
    private static final String ENDED = "state IN ('failed', 'cancelled')";
    private static final String KEPT = "state NOT IN ('failed', 'cancelled')";

    /** How many jobs one transaction forgets, so that other writes do not wait long behind it. */
    private static final int FORGET_AT_ONCE = 200;

    private final Database database;
    private final InstantSource clock;
    private final Duration rememberEnded;

    JobTable(Database database, EmbeddedDocumentsConfig config) {
        this.database = database;
        this.clock = config.clock();
        this.rememberEnded = config.rememberEnded();
    }

    /** Notes that a worker begins with the job; empty when it is not waiting any more. */
    Optional<JobRow> claim(JobId job) {
        return database.write(connection -> {
            int claimed = connection.update(
                    "UPDATE jobs SET state = 'processing', attempts = attempts + 1, changed_at = ?"
                            + " WHERE id = ? AND state = 'queued'",
                    now(),
                    job.value());
            return claimed == 1 ? row(connection, job) : Optional.empty();
        });
    }

    /**
     * Lists the job's document; false when the job was given up meanwhile. A document that was listed before keeps its
     * place and its time.
     *
     * @param listing run with the outcome, in the same step: before anybody can see it
     */
    boolean complete(JobId job, OptionalInt pages, int passages, Runnable listing) {
        return database.write(connection -> {
            boolean completed = connection.update(
                            "UPDATE jobs SET state = 'completed', changed_at = coalesce(ingested_at, ?1), pages = ?2,"
                                    + " passages = ?3, ingested_at = coalesce(ingested_at, ?1),"
                                    + " listing = coalesce(listing, (SELECT coalesce(max(listing), 0) + 1 FROM jobs))"
                                    + " WHERE id = ?4 AND state = 'processing'",
                            now(),
                            pages.isPresent() ? pages.getAsInt() : null,
                            passages,
                            job.value())
                    == 1;
            if (completed) {
                listing.run();
            }
            return completed;
        });
    }

    /** Ends a job that was begun without a document; false when it was given up meanwhile. */
    boolean fail(JobId job, Failure failure) {
        return database.write(connection -> connection.update(
                        "UPDATE jobs SET state = 'failed', changed_at = ?, failure_code = ?, failure_detail = ?"
                                + " WHERE id = ? AND state = 'processing'",
                        now(),
                        failure.code().wireName(),
                        failure.detail(),
                        job.value())
                == 1);
    }

    /** Ends the job as given up; empty when it is over or unknown. */
    Optional<JobRow> cancel(JobId job) {
        return database.write(connection -> {
            int cancelled = connection.update(
                    "UPDATE jobs SET state = 'cancelled', changed_at = ? WHERE id = ? AND " + UNFINISHED,
                    now(),
                    job.value());
            return cancelled == 1 ? row(connection, job) : Optional.empty();
        });
    }

    /** Queues a job again that was begun and not ended, as if it had not been begun; false when it is not. */
    boolean putBack(JobId job) {
        return database.write(connection -> connection.update(
                        "UPDATE jobs SET state = 'queued', attempts = max(attempts - 1, 0), changed_at = ?"
                                + " WHERE id = ? AND state = 'processing'",
                        now(),
                        job.value())
                == 1);
    }

    /** As {@link #putBack} for all of them. */
    void putBackAll() {
        database.write(connection -> connection.update(
                "UPDATE jobs SET state = 'queued', attempts = max(attempts - 1, 0), changed_at = ?"
                        + " WHERE state = 'processing'",
                now()));
    }

    /** The jobs that a worker has, or had when it was lost. */
    List<Ticket> processing() {
        return database.read(connection -> connection.list(
                SELECT + "WHERE state = 'processing' ORDER BY number",
                row -> JobRow.read(row).job().ticket()));
    }

    Optional<JobRow> find(JobId job) {
        return database.read(connection -> row(connection, job)).filter(row -> isRemembered(row.job()));
    }

    List<IngestionJob> of(Scope scope, int max) {
        return database.read(connection -> connection.list(
                SELECT + "WHERE scope = ? AND (" + KEPT + " OR changed_at > ?) ORDER BY number DESC LIMIT max(?, 0)",
                row -> JobRow.read(row).job(),
                JobRow.keyOf(scope),
                forgottenUntil(),
                max));
    }

    List<IngestionJob> unfinished(int max) {
        return database.read(connection -> connection.list(
                SELECT + "WHERE " + UNFINISHED + " ORDER BY number LIMIT max(?, 0)",
                row -> JobRow.read(row).job(),
                max));
    }

    /** Deletes a document that is there or under way. */
    Optional<JobRow> delete(DocumentId document) {
        return database.write(connection -> {
            Optional<JobRow> row =
                    connection.first(SELECT + "WHERE document_id = ? AND " + KEPT, JobRow::read, document.value());
            connection.update("DELETE FROM jobs WHERE document_id = ? AND " + KEPT, document.value());
            return row;
        });
    }

    /** Deletes the job whose original is kept under this name, if it was added after all. */
    Optional<JobRow> disown(String file) {
        return database.write(connection -> {
            Optional<JobRow> row = connection.first(SELECT + "WHERE file = ?", JobRow::read, file);
            connection.update("DELETE FROM jobs WHERE file = ?", file);
            return row;
        });
    }

    /** Whether the document is listed, after all that was asked of the database before. */
    boolean isListed(DocumentId document) {
        return database.write(connection -> connection
                .first(
                        "SELECT 1 FROM jobs WHERE document_id = ? AND state = 'completed'",
                        row -> true,
                        document.value())
                .isPresent());
    }

    List<JobRow> deleteAll(Scope scope) {
        return database.write(connection -> {
            List<JobRow> rows = connection.list(SELECT + "WHERE scope = ?", JobRow::read, JobRow.keyOf(scope));
            connection.update("DELETE FROM jobs WHERE scope = ?", JobRow.keyOf(scope));
            return rows;
        });
    }

    /** Deletes jobs that ended without a document long ago. */
    void forgetEnded() {
        int forgotten;
        do {
            forgotten = database.write(connection -> connection.update(
                    "DELETE FROM jobs WHERE number IN (SELECT number FROM jobs WHERE " + ENDED
                            + " AND changed_at <= ? ORDER BY changed_at LIMIT " + FORGET_AT_ONCE + ")",
                    forgottenUntil()));
        } while (forgotten == FORGET_AT_ONCE);
    }

    private static Optional<JobRow> row(SqliteConnection connection, JobId job) throws SQLException {
        return connection.first(SELECT + "WHERE id = ?", JobRow::read, job.value());
    }

    private boolean isRemembered(IngestionJob job) {
        boolean endless = !job.isOver() || job instanceof IngestionJob.Completed;
        return endless || EpochNanos.of(job.at()) > forgottenUntil();
    }

    private long forgottenUntil() {
        return EpochNanos.of(clock.instant().minus(rememberEnded));
    }

    private long now() {
        return EpochNanos.of(clock.instant());
    }
}
