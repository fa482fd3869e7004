package dev.daveloper.grpc.documents;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.documents.out.JobStream;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.Accepted;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.NewDocument;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.grpc.CallListener;
import dev.daveloper.grpc.ServiceCalls;
import dev.daveloper.proto.documents.v1.CancelJobRequest;
import dev.daveloper.proto.documents.v1.DeleteDocumentRequest;
import dev.daveloper.proto.documents.v1.DeleteScopeRequest;
import dev.daveloper.proto.documents.v1.DocumentServiceGrpc;
import dev.daveloper.proto.documents.v1.GetDocumentRequest;
import dev.daveloper.proto.documents.v1.GetJobRequest;
import dev.daveloper.proto.documents.v1.ListDocumentsRequest;
import dev.daveloper.proto.documents.v1.ListDocumentsResponse;
import dev.daveloper.proto.documents.v1.ListJobsRequest;
import dev.daveloper.proto.documents.v1.ListJobsResponse;
import dev.daveloper.proto.documents.v1.SearchPassagesRequest;
import dev.daveloper.proto.documents.v1.UnfinishedJobs;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A document service reached over gRPC. Files go over connections of their own, so that a service that is slow to read
 * one holds up nothing else. Closing it cancels every call. Safe for use by many threads.
 */
public final class GrpcDocuments implements DocumentService, PassageSearch, HealthProbe, AutoCloseable {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final int MAX_JOBS = 100_000;
    private static final Pattern PAGE_TOKEN = Pattern.compile("[\\x21-\\x7E]{0,512}");

    private final ServiceCalls calls;
    private final ServiceCalls uploads;
    private final DocumentCallSettings settings;
    private final Consumer<CallListener> hearing;

    /**
     * @param uploads where files go
     * @param hearing lets somebody hear of the calls
     */
    public GrpcDocuments(
            ServiceCalls calls, ServiceCalls uploads, DocumentCallSettings settings, Consumer<CallListener> hearing) {
        this.calls = calls;
        this.uploads = uploads;
        this.settings = settings;
        this.hearing = hearing;
    }

    /** Tells this one, and no other, of the calls that begin from now on. */
    public void hear(CallListener listener) {
        hearing.accept(listener);
    }

    @Override
    public Accepted ingest(NewDocument document, InputStream content) throws IOException, InterruptedException {
        return new Handover(calls, uploads, settings).ingest(document, content);
    }

    @Override
    public Optional<IngestionJob> job(JobId job) {
        return found(
                        DocumentServiceGrpc.getGetJobMethod(),
                        GetJobRequest.newBuilder().setJobId(job.value()).build())
                .map(response -> Answers.required(() -> DocumentReader.job(response.getJob())));
    }

    @Override
    public JobStream watch(JobId job) {
        return GrpcJobStream.follow(calls, settings, job);
    }

    @Override
    public void cancel(JobId job) {
        ask(
                DocumentServiceGrpc.getCancelJobMethod(),
                CancelJobRequest.newBuilder().setJobId(job.value()).build());
    }

    @Override
    public List<IngestionJob> jobs(Scope scope, int max) {
        return jobs(ListJobsRequest.newBuilder().setScope(Scopes.write(scope)), max);
    }

    @Override
    public List<IngestionJob> unfinished(int max) {
        return jobs(ListJobsRequest.newBuilder().setUnfinished(UnfinishedJobs.getDefaultInstance()), max);
    }

    private List<IngestionJob> jobs(ListJobsRequest.Builder request, int max) {
        if (max < 1) {
            return List.of();
        }
        ListJobsRequest limited = request.setLimit(Math.min(max, MAX_JOBS)).build();
        // A service that sends more than it was asked for is not heard to its end.
        Context.CancellableContext context = Context.current().withCancellation();
        Context outer = context.attach();
        try {
            List<IngestionJob> jobs = new ArrayList<>();
            Iterator<ListJobsResponse> responses =
                    calls.streaming(DocumentServiceGrpc.getListJobsMethod(), settings.callTimeout(), limited);
            while (jobs.size() < max && responses.hasNext()) {
                jobs.addAll(Answers.usable(responses.next().getJobsList(), max - jobs.size(), DocumentReader::job));
            }
            return List.copyOf(jobs);
        } catch (StatusRuntimeException e) {
            throw Answers.failure(e);
        } finally {
            context.detach(outer);
            context.cancel(null);
        }
    }

    @Override
    public Page<Document> list(DocumentQuery query, PageRequest page) {
        ListDocumentsRequest.Builder request = ListDocumentsRequest.newBuilder()
                .addAllScopes(Scopes.write(query.scopes()))
                .setNameContains(query.nameContains().orElse(""))
                .setPageSize(page.limit())
                .setPageToken(page.cursor().orElse(""));
        query.kind().map(Kinds::write).ifPresent(request::setKind);
        try {
            return Answers.required(() -> page(
                    calls.unary(DocumentServiceGrpc.getListDocumentsMethod(), settings.callTimeout(), request.build()),
                    page.limit()));
        } catch (StatusRuntimeException e) {
            throw Statuses.isInvalidPageToken(e)
                    ? new InvalidRequest("#/cursor", "The cursor is none that was given for this list.")
                    : Answers.failure(e);
        }
    }

    private static Page<Document> page(ListDocumentsResponse response, int limit) {
        String next = response.getNextPageToken();
        if (!PAGE_TOKEN.matcher(next).matches()) {
            throw new InvalidValue("next_page_token", next, "up to 512 printable characters of ASCII");
        }
        return new Page<>(
                Answers.usable(response.getDocumentsList(), limit, DocumentReader::document),
                next.isEmpty() ? Optional.empty() : Optional.of(next));
    }

    @Override
    public Optional<Document> find(DocumentId document) {
        return found(
                        DocumentServiceGrpc.getGetDocumentMethod(),
                        GetDocumentRequest.newBuilder()
                                .setDocumentId(document.value())
                                .build())
                .map(response -> Answers.required(() -> DocumentReader.document(response.getDocument())));
    }

    @Override
    public boolean delete(DocumentId document) {
        return ask(
                        DocumentServiceGrpc.getDeleteDocumentMethod(),
                        DeleteDocumentRequest.newBuilder()
                                .setDocumentId(document.value())
                                .build())
                .getDeleted();
    }

    @Override
    public void deleteAll(Scope scope) {
        ask(
                DocumentServiceGrpc.getDeleteScopeMethod(),
                DeleteScopeRequest.newBuilder().setScope(Scopes.write(scope)).build());
    }

    @Override
    public List<FoundPassage> search(String question, List<Scope> scopes, int limit) throws InterruptedException {
        SearchPassagesRequest request = SearchPassagesRequest.newBuilder()
                .setQuestion(beginningOf(question))
                .addAllScopes(Scopes.write(scopes))
                .setLimit(limit)
                .build();
        try {
            return Answers.usable(
                    calls.unary(DocumentServiceGrpc.getSearchPassagesMethod(), settings.callTimeout(), request)
                            .getPassagesList(),
                    limit,
                    DocumentReader::passage);
        } catch (StatusRuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while searching");
            }
            throw Answers.failure(e);
        }
    }

    @Override
    public Optional<Duration> unavailableFor() {
        return calls.isAway() ? Optional.of(RETRY_AFTER) : Optional.empty();
    }

    @Override
    public String component() {
        return "documents";
    }

    /** Conversations go on without it. */
    @Override
    public boolean vital() {
        return false;
    }

    /** Asks the service's health service; one that has none is well as long as it answers at all. */
    @Override
    public Finding check() throws InterruptedException {
        return calls.health("document service");
    }

    @Override
    public void close() {
        uploads.close();
        calls.close();
    }

    private <Q, A> A ask(MethodDescriptor<Q, A> method, Q request) {
        try {
            return calls.unary(method, settings.callTimeout(), request);
        } catch (StatusRuntimeException e) {
            throw Answers.failure(e);
        }
    }

    private <Q, A> Optional<A> found(MethodDescriptor<Q, A> method, Q request) {
        try {
            return Optional.of(calls.unary(method, settings.callTimeout(), request));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw Answers.failure(e);
        }
    }

    private static String beginningOf(String question) {
        if (question.length() <= MAX_QUERY_CHARS) {
            return question;
        }
        boolean splits = Character.isHighSurrogate(question.charAt(MAX_QUERY_CHARS - 1));
        return question.substring(0, splits ? MAX_QUERY_CHARS - 1 : MAX_QUERY_CHARS);
    }
}
