package dev.daveloper.domain.documents;

import dev.daveloper.domain.failures.Failure;
import java.time.Instant;

/**
 * How the ingestion of one document stands. A job is queued, then processing, then in exactly one of the three states
 * that it never leaves: completed, failed or cancelled.
 */
public sealed interface IngestionJob {
    /** What is the same in every state. */
    Ticket ticket();

    /** When this state, or this progress in it, was reached. */
    Instant at();

    /** The state as written in responses. */
    default String state() {
        return switch (this) {
            case Queued queued -> "queued";
            case Processing processing -> "processing";
            case Completed completed -> "completed";
            case Failed failed -> "failed";
            case Cancelled cancelled -> "cancelled";
        };
    }

    /** Whether nothing will change any more. */
    default boolean isOver() {
        return this instanceof Completed || this instanceof Failed || this instanceof Cancelled;
    }

    /** How much is done, from 0 to 1; an ingestion that ended without a document stays at 0. */
    default double progress() {
        return switch (this) {
            case Processing processing -> processing.progress();
            case Completed completed -> 1;
            case Queued queued -> 0;
            case Failed failed -> 0;
            case Cancelled cancelled -> 0;
        };
    }

    /**
     * What a job is about.
     *
     * @param name what the document's owner calls it
     * @param bytes of the document as they came
     */
    record Ticket(
            JobId id,
            DocumentId documentId,
            Scope scope,
            String name,
            MediaKind kind,
            long bytes,
            Instant acceptedAt) {}

    /** The bytes are kept; nobody has begun. */
    record Queued(Ticket ticket, Instant at) implements IngestionJob {}

    /** @param progress of the whole job, from 0 to 1; never decreases while the job is being processed */
    record Processing(Ticket ticket, Stage stage, double progress, Instant at) implements IngestionJob {
        public Processing {
            progress = Math.clamp(progress, 0, 1);
        }
    }

    record Completed(Ticket ticket, Document document, Instant at) implements IngestionJob {}

    /** @param failure why, written for the person who sent the document */
    record Failed(Ticket ticket, Failure failure, Instant at) implements IngestionJob {}

    record Cancelled(Ticket ticket, Instant at) implements IngestionJob {}
}
