package dev.daveloper.http.documents;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.daveloper.domain.documents.Accepted;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.http.failures.Problem;
import org.jspecify.annotations.Nullable;

/** A job as it is written in responses and events. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobView(
        String jobId,
        String documentId,
        String name,
        String kind,
        long bytes,
        String scope,
        String state,
        @Nullable String stage,
        double progress,
        String acceptedAt,
        String at,
        @Nullable DocumentView document,
        @Nullable Problem error) {
    public static JobView of(IngestionJob job) {
        IngestionJob.Ticket ticket = job.ticket();
        return new JobView(
                ticket.id().value(),
                ticket.documentId().value(),
                ticket.name(),
                ticket.kind().wireName(),
                ticket.bytes(),
                DocumentView.nameOf(ticket.scope()),
                job.state(),
                job instanceof IngestionJob.Processing processing
                        ? processing.stage().wireName()
                        : null,
                job.progress(),
                ticket.acceptedAt().toString(),
                job.at().toString(),
                job instanceof IngestionJob.Completed completed ? DocumentView.of(completed.document()) : null,
                job instanceof IngestionJob.Failed failed ? Problem.of(failed.failure()) : null);
    }

    /** The job of a document that was just handed over. */
    record Taken(
            @JsonProperty @JsonUnwrapped JobView job,
            @JsonProperty boolean duplicate) {
        static Taken of(Accepted accepted) {
            return new Taken(JobView.of(accepted.job()), accepted.duplicate());
        }
    }

    /** The same over server-sent events and WebSocket. */
    @JsonPropertyOrder({"type"})
    record Progress(
            @JsonProperty String type,
            @JsonProperty @JsonUnwrapped JobView job) {
        static final String TYPE = "document.progress";

        static Progress of(IngestionJob job) {
            return new Progress(TYPE, JobView.of(job));
        }
    }
}
