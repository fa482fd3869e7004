package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.domain.documents.ContentHash;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.IngestionJob.Ticket;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.documents.Stage;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.stored.EpochNanos;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * A job as its table keeps it.
 *
 * @param file the name its original is kept under
 */
record JobRow(IngestionJob job, String file) {
    /** What {@link #read} wants to see. */
    static final String COLUMNS =
            "id, document_id, scope, name, kind, bytes, accepted_at, state, changed_at, hash, pages,"
                    + " passages, ingested_at, failure_code, failure_detail, file";

    private static final String SHARED = "shared";

    static JobRow read(ResultSet row) throws SQLException {
        Ticket ticket = ticket(row);
        Instant at = EpochNanos.at(row.getLong("changed_at"));
        String state = row.getString("state");
        IngestionJob job = switch (state) {
            case "queued" -> new IngestionJob.Queued(ticket, at);
            case "processing" -> new IngestionJob.Processing(ticket, Stage.READING, 0, at);
            case "completed" -> new IngestionJob.Completed(ticket, document(ticket, row), at);
            case "failed" -> new IngestionJob.Failed(ticket, failure(row), at);
            case "cancelled" -> new IngestionJob.Cancelled(ticket, at);
            default -> throw new SQLException("a job is in no known state: " + state);
        };
        return new JobRow(job, row.getString("file"));
    }

    static String keyOf(Scope scope) {
        return switch (scope) {
            case Scope.Shared shared -> SHARED;
            case Scope.OfSession own -> own.session().value();
        };
    }

    /** A name as it is compared with what somebody looks for. */
    static String folded(String name) {
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static Scope scope(String key) {
        return key.equals(SHARED) ? Scope.SHARED : Scope.of(new SessionId(key));
    }

    private static Ticket ticket(ResultSet row) throws SQLException {
        return new Ticket(
                new JobId(row.getString("id")),
                new DocumentId(row.getString("document_id")),
                scope(row.getString("scope")),
                row.getString("name"),
                MediaKind.valueOf(row.getString("kind")),
                row.getLong("bytes"),
                EpochNanos.at(row.getLong("accepted_at")));
    }

    private static Document document(Ticket ticket, ResultSet row) throws SQLException {
        int pages = row.getInt("pages");
        OptionalInt counted = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(pages);
        return new Document(
                ticket.documentId(),
                ticket.id(),
                ticket.scope(),
                ticket.name(),
                ticket.kind(),
                ticket.bytes(),
                new ContentHash(row.getString("hash")),
                counted,
                row.getInt("passages"),
                EpochNanos.at(row.getLong("ingested_at")));
    }

    private static Failure failure(ResultSet row) throws SQLException {
        return new Failure(FailureCode.of(row.getString("failure_code")), row.getString("failure_detail"));
    }
}
