package dev.daveloper.grpc.documents;

import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.NewDocument;
import dev.daveloper.domain.documents.Stage;
import dev.daveloper.grpc.Times;
import dev.daveloper.proto.documents.v1.IngestMetadata;
import dev.daveloper.proto.documents.v1.Job;
import dev.daveloper.proto.documents.v1.JobCancelled;
import dev.daveloper.proto.documents.v1.JobCompleted;
import dev.daveloper.proto.documents.v1.JobFailed;
import dev.daveloper.proto.documents.v1.JobProcessing;
import dev.daveloper.proto.documents.v1.JobQueued;
import dev.daveloper.proto.documents.v1.Passage;
import dev.daveloper.proto.documents.v1.Quota;

/** Documents and their jobs, as they go over the wire. */
final class DocumentWriter {
    private DocumentWriter() {}

    static IngestMetadata write(NewDocument document) {
        return IngestMetadata.newBuilder()
                .setJobId(document.jobId().value())
                .setDocumentId(document.documentId().value())
                .setScope(Scopes.write(document.scope()))
                .setName(document.name())
                .setKind(Kinds.write(document.kind()))
                .setMaxBytes(document.maxBytes())
                .setQuota(Quota.newBuilder()
                        .setScopeFiles(document.quota().scopeFiles())
                        .setScopeBytes(document.quota().scopeBytes())
                        .setTotalFiles(document.quota().totalFiles())
                        .setTotalBytes(document.quota().totalBytes()))
                .build();
    }

    static Job write(IngestionJob job) {
        IngestionJob.Ticket ticket = job.ticket();
        Job.Builder written = Job.newBuilder()
                .setJobId(ticket.id().value())
                .setDocumentId(ticket.documentId().value())
                .setScope(Scopes.write(ticket.scope()))
                .setName(ticket.name())
                .setKind(Kinds.write(ticket.kind()))
                .setSizeBytes(ticket.bytes())
                .setAcceptedAt(Times.write(ticket.acceptedAt()))
                .setChangedAt(Times.write(job.at()));
        switch (job) {
            case IngestionJob.Queued queued -> written.setQueued(JobQueued.getDefaultInstance());
            case IngestionJob.Processing processing ->
                written.setProcessing(JobProcessing.newBuilder()
                        .setStage(write(processing.stage()))
                        .setProgress(processing.progress()));
            case IngestionJob.Completed completed ->
                written.setCompleted(JobCompleted.newBuilder().setDocument(write(completed.document())));
            case IngestionJob.Failed failed ->
                written.setFailed(JobFailed.newBuilder()
                        .setCode(failed.failure().code().wireName())
                        .setDetail(failed.failure().detail()));
            case IngestionJob.Cancelled cancelled -> written.setCancelled(JobCancelled.getDefaultInstance());
        }
        return written.build();
    }

    static dev.daveloper.proto.documents.v1.Document write(Document document) {
        return dev.daveloper.proto.documents.v1.Document.newBuilder()
                .setDocumentId(document.id().value())
                .setJobId(document.jobId().value())
                .setScope(Scopes.write(document.scope()))
                .setName(document.name())
                .setKind(Kinds.write(document.kind()))
                .setSizeBytes(document.bytes())
                .setSha256(document.hash().hex())
                .setPages(document.pages().orElse(0))
                .setPassages(document.passages())
                .setIngestedAt(Times.write(document.ingestedAt()))
                .build();
    }

    static Passage write(FoundPassage passage) {
        return Passage.newBuilder()
                .setDocumentId(passage.documentId().value())
                .setDocumentName(passage.documentName())
                .setOrdinal(passage.ordinal())
                .addAllHeadings(passage.headings())
                .setPage(passage.page().orElse(0))
                .setStart(passage.start())
                .setText(passage.text())
                .setScore(passage.score())
                .build();
    }

    private static dev.daveloper.proto.documents.v1.Stage write(Stage stage) {
        return switch (stage) {
            case READING -> dev.daveloper.proto.documents.v1.Stage.STAGE_READING;
            case SPLITTING -> dev.daveloper.proto.documents.v1.Stage.STAGE_SPLITTING;
            case INDEXING -> dev.daveloper.proto.documents.v1.Stage.STAGE_INDEXING;
        };
    }
}
