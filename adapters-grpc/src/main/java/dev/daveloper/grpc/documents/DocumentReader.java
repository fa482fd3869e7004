package dev.daveloper.grpc.documents;

import com.google.protobuf.Timestamp;
import dev.daveloper.domain.documents.ContentHash;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.DocumentName;
import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.NewDocument;
import dev.daveloper.domain.documents.Quota;
import dev.daveloper.domain.documents.Stage;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.grpc.Times;
import dev.daveloper.proto.documents.v1.IngestMetadata;
import dev.daveloper.proto.documents.v1.Job;
import dev.daveloper.proto.documents.v1.JobProcessing;
import dev.daveloper.proto.documents.v1.Passage;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * Reads documents and their jobs off the wire. What breaks a rule of the contract is an {@link InvalidValue} or, for a
 * name that has nothing to show, an {@link dev.daveloper.domain.failures.InvalidRequest}.
 */
final class DocumentReader {
    private DocumentReader() {}

    static NewDocument newDocument(IngestMetadata metadata) {
        var quota = metadata.getQuota();
        return new NewDocument(
                new JobId(metadata.getJobId()),
                new DocumentId(metadata.getDocumentId()),
                Scopes.read(metadata.getScope()),
                DocumentName.clean(metadata.getName()),
                Kinds.read(metadata.getKind()),
                atLeast(1, "max_bytes", metadata.getMaxBytes()),
                new Quota(quota.getScopeFiles(), quota.getScopeBytes(), quota.getTotalFiles(), quota.getTotalBytes()));
    }

    static IngestionJob job(Job job) {
        IngestionJob.Ticket ticket = new IngestionJob.Ticket(
                new JobId(job.getJobId()),
                new DocumentId(job.getDocumentId()),
                Scopes.read(job.getScope()),
                DocumentName.clean(job.getName()),
                Kinds.read(job.getKind()),
                atLeast(0, "size_bytes", job.getSizeBytes()),
                moment("accepted_at", job.hasAcceptedAt(), job.getAcceptedAt()));
        Instant at = moment("changed_at", job.hasChangedAt(), job.getChangedAt());
        return switch (job.getStateCase()) {
            case QUEUED, STATE_NOT_SET -> new IngestionJob.Queued(ticket, at);
            case PROCESSING -> processing(ticket, job.getProcessing(), at);
            case COMPLETED ->
                new IngestionJob.Completed(ticket, document(job.getCompleted().getDocument()), at);
            case FAILED -> new IngestionJob.Failed(ticket, Reasons.failure(job.getFailed()), at);
            case CANCELLED -> new IngestionJob.Cancelled(ticket, at);
        };
    }

    private static IngestionJob processing(IngestionJob.Ticket ticket, JobProcessing processing, Instant at) {
        Stage stage = switch (processing.getStage()) {
            case STAGE_READING, STAGE_UNSPECIFIED, UNRECOGNIZED -> Stage.READING;
            case STAGE_SPLITTING -> Stage.SPLITTING;
            case STAGE_INDEXING -> Stage.INDEXING;
        };
        double progress = processing.getProgress();
        return new IngestionJob.Processing(ticket, stage, Double.isNaN(progress) ? 0 : progress, at);
    }

    static Document document(dev.daveloper.proto.documents.v1.Document document) {
        return new Document(
                new DocumentId(document.getDocumentId()),
                new JobId(document.getJobId()),
                Scopes.read(document.getScope()),
                DocumentName.clean(document.getName()),
                Kinds.read(document.getKind()),
                atLeast(0, "size_bytes", document.getSizeBytes()),
                new ContentHash(document.getSha256()),
                page("pages", document.getPages()),
                (int) atLeast(0, "passages", document.getPassages()),
                moment("ingested_at", document.hasIngestedAt(), document.getIngestedAt()));
    }

    static FoundPassage passage(Passage passage) {
        if (passage.getText().isEmpty()) {
            throw new InvalidValue("text", "", "not empty");
        }
        if (!Double.isFinite(passage.getScore())) {
            throw new InvalidValue("score", Double.toString(passage.getScore()), "a finite number");
        }
        return new FoundPassage(
                new DocumentId(passage.getDocumentId()),
                DocumentName.clean(passage.getDocumentName()),
                (int) atLeast(0, "ordinal", passage.getOrdinal()),
                passage.getHeadingsList(),
                page("page", passage.getPage()),
                (int) atLeast(0, "start", passage.getStart()),
                passage.getText(),
                passage.getScore());
    }

    private static OptionalInt page(String name, int pages) {
        return atLeast(0, name, pages) == 0 ? OptionalInt.empty() : OptionalInt.of(pages);
    }

    private static Instant moment(String name, boolean isSet, Timestamp timestamp) {
        if (!isSet) {
            throw new InvalidValue(name, "", "set");
        }
        return Times.read(timestamp);
    }

    static long atLeast(long least, String name, long value) {
        if (value < least) {
            throw new InvalidValue(name, Long.toString(value), least + " or more");
        }
        return value;
    }
}
