package dev.daveloper.grpc.documents;

import dev.daveloper.domain.documents.Accepted;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.NewDocument;
import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.grpc.ServiceCalls;
import dev.daveloper.proto.documents.v1.DeleteDocumentRequest;
import dev.daveloper.proto.documents.v1.DocumentServiceGrpc;
import dev.daveloper.proto.documents.v1.IngestResponse;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Hands documents over. When the connection is lost after the last byte, nobody knows whether the service has accepted:
 * it is told to forget the document as soon as it can be reached, within a minute.
 *
 * @param uploads where files go
 */
record Handover(ServiceCalls calls, ServiceCalls uploads, DocumentCallSettings settings) {
    private static final Duration FORGET_WITHIN = Duration.ofMinutes(1);

    Accepted ingest(NewDocument document, InputStream content) throws IOException, InterruptedException {
        UploadCall upload = new UploadCall(
                uploads.open(DocumentServiceGrpc.getIngestMethod(), settings.uploadTimeout()),
                settings.callTimeout(),
                settings.stallTimeout());
        boolean settled = false;
        try {
            IngestResponse response = upload.send(
                    DocumentWriter.write(document),
                    content,
                    uploads.metadata(document.jobId().value()));
            Accepted accepted = Answers.required(() -> accepted(response, document));
            settled = true;
            return accepted;
        } catch (StatusRuntimeException e) {
            GatewayException failure = Answers.logged(Statuses.failure(e, document), e);
            settled = failure instanceof DocumentRefused;
            throw failure;
        } finally {
            if (!settled && upload.isAllSent()) {
                forget(document);
            }
        }
    }

    private void forget(NewDocument document) {
        calls.tell(
                DocumentServiceGrpc.getDeleteDocumentMethod(),
                FORGET_WITHIN,
                DeleteDocumentRequest.newBuilder()
                        .setDocumentId(document.documentId().value())
                        .build());
    }

    private static Accepted accepted(IngestResponse response, NewDocument document) {
        IngestionJob job = DocumentReader.job(response.getJob());
        boolean same = job.ticket().id().equals(document.jobId())
                && job.ticket().documentId().equals(document.documentId());
        if (!response.getDuplicate() && !same) {
            throw new InvalidValue("job", job.ticket().id().value(), "the one that was asked for");
        }
        if (!job.ticket().scope().equals(document.scope())) {
            throw new InvalidValue("scope", Scopes.write(job.ticket().scope()), "the one that was asked for");
        }
        return new Accepted(job, response.getDuplicate());
    }
}
