package dev.daveloper.grpc.documents;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.grpc.CallDesk;
import dev.daveloper.grpc.CallSlot;
import dev.daveloper.proto.documents.v1.CancelJobRequest;
import dev.daveloper.proto.documents.v1.CancelJobResponse;
import dev.daveloper.proto.documents.v1.DeleteDocumentRequest;
import dev.daveloper.proto.documents.v1.DeleteDocumentResponse;
import dev.daveloper.proto.documents.v1.DeleteScopeRequest;
import dev.daveloper.proto.documents.v1.DeleteScopeResponse;
import dev.daveloper.proto.documents.v1.DocumentServiceGrpc;
import dev.daveloper.proto.documents.v1.GetDocumentRequest;
import dev.daveloper.proto.documents.v1.GetDocumentResponse;
import dev.daveloper.proto.documents.v1.GetJobRequest;
import dev.daveloper.proto.documents.v1.GetJobResponse;
import dev.daveloper.proto.documents.v1.IngestRequest;
import dev.daveloper.proto.documents.v1.IngestResponse;
import dev.daveloper.proto.documents.v1.ListDocumentsRequest;
import dev.daveloper.proto.documents.v1.ListDocumentsResponse;
import dev.daveloper.proto.documents.v1.ListJobsRequest;
import dev.daveloper.proto.documents.v1.ListJobsResponse;
import dev.daveloper.proto.documents.v1.SearchPassagesRequest;
import dev.daveloper.proto.documents.v1.SearchPassagesResponse;
import dev.daveloper.proto.documents.v1.WatchJobRequest;
import dev.daveloper.proto.documents.v1.WatchJobResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Serves a document service to callers over gRPC. A document is read by the service at its own pace, which holds its
 * sender back; a followed job is pulled no faster than its caller reads. The server's executor must bear calls that
 * block.
 */
public final class DocumentsEndpoint extends DocumentServiceGrpc.DocumentServiceImplBase {
    private static final int MAX_JOBS = 100_000;

    private final DocumentService service;
    private final PassageSearch search;
    private final CallDesk desk;
    private final Semaphore uploads;

    /**
     * @param maxCalls of all kinds at once; more are refused
     * @param maxUploads documents handed over at once; more are refused
     * @param tracer for whose current span the threads of a call work
     */
    public DocumentsEndpoint(
            DocumentService service, PassageSearch search, int maxCalls, int maxUploads, Tracer tracer) {
        this.service = service;
        this.search = search;
        this.desk = new CallDesk(maxCalls, DocumentsUnavailable.busy(), Statuses::of, tracer);
        this.uploads = new Semaphore(maxUploads);
    }

    /** Where its calls are taken. */
    public CallDesk desk() {
        return desk;
    }

    @Override
    public StreamObserver<IngestRequest> ingest(StreamObserver<IngestResponse> responses) {
        if (service.unavailableFor().isPresent()) {
            responses.onError(Statuses.of(new DocumentsUnavailable()));
            return new Unheard();
        }
        if (!uploads.tryAcquire()) {
            responses.onError(Statuses.of(DocumentsUnavailable.busy()));
            return new Unheard();
        }
        ServerCallStreamObserver<IngestResponse> caller = (ServerCallStreamObserver<IngestResponse>) responses;
        caller.disableAutoRequest();
        IngestCall call = new IngestCall(service, caller, uploads::release);
        Optional<CallSlot> slot = desk.take(responses, call::leave);
        if (slot.isEmpty()) {
            uploads.release();
            return new Unheard();
        }
        call.begin(slot.get());
        return call;
    }

    @Override
    public void getJob(GetJobRequest request, StreamObserver<GetJobResponse> responses) {
        desk.answer(responses, () -> {
            IngestionJob job = service.job(new JobId(request.getJobId())).orElseThrow(() -> new NotFound("job"));
            return GetJobResponse.newBuilder().setJob(DocumentWriter.write(job)).build();
        });
    }

    @Override
    public void watchJob(WatchJobRequest request, StreamObserver<WatchJobResponse> responses) {
        desk.stream(responses, () -> new JobSource(service.watch(new JobId(request.getJobId()))));
    }

    @Override
    public void cancelJob(CancelJobRequest request, StreamObserver<CancelJobResponse> responses) {
        desk.answer(responses, () -> {
            service.cancel(new JobId(request.getJobId()));
            return CancelJobResponse.getDefaultInstance();
        });
    }

    @Override
    public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> responses) {
        desk.stream(responses, () -> {
            int limit = within(MAX_JOBS, "limit", request.getLimit());
            return new JobBatches(
                    switch (request.getSelectionCase()) {
                        case SCOPE -> service.jobs(Scopes.read(request.getScope()), limit);
                        case UNFINISHED -> service.unfinished(limit);
                        case SELECTION_NOT_SET -> throw new InvalidValue("selection", "", "set");
                    });
        });
    }

    @Override
    public void listDocuments(ListDocumentsRequest request, StreamObserver<ListDocumentsResponse> responses) {
        desk.answer(responses, () -> {
            Page<Document> page =
                    page(query(request), new PageRequest(request.getPageSize(), given(request.getPageToken())));
            return ListDocumentsResponse.newBuilder()
                    .addAllDocuments(
                            page.items().stream().map(DocumentWriter::write).toList())
                    .setNextPageToken(page.nextCursor().orElse(""))
                    .build();
        });
    }

    private Page<Document> page(DocumentQuery query, PageRequest request) {
        try {
            return service.list(query, request);
        } catch (InvalidRequest | InvalidValue e) {
            throw Statuses.invalidPageToken(e);
        }
    }

    private static DocumentQuery query(ListDocumentsRequest request) {
        Optional<MediaKind> kind =
                request.getKindValue() == 0 ? Optional.empty() : Optional.of(Kinds.read(request.getKind()));
        return new DocumentQuery(Scopes.read(request.getScopesList()), given(request.getNameContains()), kind);
    }

    @Override
    public void getDocument(GetDocumentRequest request, StreamObserver<GetDocumentResponse> responses) {
        desk.answer(responses, () -> {
            Document document =
                    service.find(new DocumentId(request.getDocumentId())).orElseThrow(() -> new NotFound("document"));
            return GetDocumentResponse.newBuilder()
                    .setDocument(DocumentWriter.write(document))
                    .build();
        });
    }

    @Override
    public void deleteDocument(DeleteDocumentRequest request, StreamObserver<DeleteDocumentResponse> responses) {
        desk.answer(
                responses,
                () -> DeleteDocumentResponse.newBuilder()
                        .setDeleted(service.delete(new DocumentId(request.getDocumentId())))
                        .build());
    }

    @Override
    public void deleteScope(DeleteScopeRequest request, StreamObserver<DeleteScopeResponse> responses) {
        desk.answer(responses, () -> {
            service.deleteAll(Scopes.read(request.getScope()));
            return DeleteScopeResponse.getDefaultInstance();
        });
    }

    @Override
    public void searchPassages(SearchPassagesRequest request, StreamObserver<SearchPassagesResponse> responses) {
        desk.answer(responses, () -> {
            int limit = within(PassageSearch.MAX_RESULTS, "limit", request.getLimit());
            try {
                List<dev.daveloper.proto.documents.v1.Passage> passages =
                        search.search(request.getQuestion(), Scopes.read(request.getScopesList()), limit).stream()
                                .map(DocumentWriter::write)
                                .toList();
                return SearchPassagesResponse.newBuilder()
                        .addAllPassages(passages)
                        .build();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DocumentsUnavailable(e);
            }
        });
    }

    private static int within(int most, String name, int value) {
        if (value < 1 || value > most) {
            throw new InvalidValue(name, Integer.toString(value), "from 1 to " + most);
        }
        return value;
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** What a refused caller sends. */
    private static final class Unheard implements StreamObserver<IngestRequest> {
        @Override
        public void onNext(IngestRequest request) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }
}
