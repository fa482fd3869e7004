package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.domain.documents.Accepted;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.IngestionJob.Ticket;
import dev.daveloper.domain.documents.NewDocument;
import dev.daveloper.domain.documents.Quota;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.embedded.SqliteConnection;
import dev.daveloper.stored.EpochNanos;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes documents in: whether they are new and fit is decided in the same step that adds them. */
final class Admission {
    private final Database database;
    private final InstantSource clock;
    private final int maxWaiting;

    Admission(Database database, EmbeddedDocumentsConfig config) {
        this.database = database;
        this.clock = config.clock();
        this.maxWaiting = config.maxWaiting();
    }

    /**
     * Adds a job for bytes that are kept already, or finds the job that they have.
     *
     * @param queued told of the job when it is added and lasts
     */
    Accepted admit(NewDocument document, Incoming incoming, Consumer<Ticket> queued) {
        Ticket ticket = new Ticket(
                document.jobId(),
                document.documentId(),
                document.scope(),
                document.name(),
                document.kind(),
                incoming.bytes(),
                clock.instant());
        boolean[] added = new boolean[1];
        return database.write(
                connection -> {
                    Optional<JobRow> same = connection.first(
                            "SELECT " + JobRow.COLUMNS
                                    + " FROM jobs"
                                    + " WHERE scope = ? AND hash = ? AND state NOT IN ('failed', 'cancelled')",
                            JobRow::read,
                            JobRow.keyOf(ticket.scope()),
                            incoming.hash().hex());
                    if (same.isPresent()) {
                        return new Accepted(same.get().job(), true);
                    }
                    refuseWhatDoesNotFit(connection, document, incoming.bytes());
                    insert(connection, ticket, incoming);
                    added[0] = true;
                    return new Accepted(new IngestionJob.Queued(ticket, ticket.acceptedAt()), false);
                },
                () -> {
                    if (added[0]) {
                        queued.accept(ticket);
                    }
                });
    }

    /** How many documents wait to be ingested for the first time. */
    int waiting() {
        return database.read(Admission::waiting);
    }

    private void refuseWhatDoesNotFit(SqliteConnection connection, NewDocument document, long bytes)
            throws SQLException {
        if (waiting(connection) >= maxWaiting) {
            throw DocumentsUnavailable.busy();
        }
        document.quota().admit(used(connection, JobRow.keyOf(document.scope())), used(connection, "*"), bytes);
        boolean taken = connection
                .first(
                        "SELECT 1 FROM jobs WHERE id = ? OR document_id = ?",
                        row -> true,
                        document.jobId().value(),
                        document.documentId().value())
                .isPresent();
        if (taken) {
            throw new InvalidRequest("#/jobId", "The ids are those of another document.");
        }
    }

    private static void insert(SqliteConnection connection, Ticket ticket, Incoming incoming) throws SQLException {
        long now = EpochNanos.of(ticket.acceptedAt());
        connection.update(
                "INSERT INTO jobs (id, document_id, scope, name, folded_name, kind, bytes, hash, file, state,"
                        + " accepted_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?)",
                ticket.id().value(),
                ticket.documentId().value(),
                JobRow.keyOf(ticket.scope()),
                ticket.name(),
                JobRow.folded(ticket.name()),
                ticket.kind().name(),
                ticket.bytes(),
                incoming.hash().hex(),
                incoming.file(),
                now,
                now);
    }

    private static int waiting(SqliteConnection connection) throws SQLException {
        return connection
                .first("SELECT waiting FROM usage WHERE scope = '*'", row -> row.getInt(1))
                .orElse(0);
    }

    private static Quota.Used used(SqliteConnection connection, String scope) throws SQLException {
        return connection
                .first(
                        "SELECT files, bytes FROM usage WHERE scope = ?",
                        row -> new Quota.Used(row.getInt(1), row.getLong(2)),
                        scope)
                .orElse(new Quota.Used(0, 0));
    }
}
