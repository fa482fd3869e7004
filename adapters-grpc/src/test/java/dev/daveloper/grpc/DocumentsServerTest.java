package dev.daveloper.grpc;

import static dev.daveloper.application.testkit.Uploads.PLENTY;
import static dev.daveloper.application.testkit.Uploads.bytes;
import static dev.daveloper.application.testkit.Uploads.ingested;
import static dev.daveloper.application.testkit.Uploads.someSession;
import static dev.daveloper.application.testkit.Uploads.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.daveloper.application.testkit.Uploads;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.grpc.documents.GrpcDocuments;
import dev.daveloper.proto.documents.v1.DocumentServiceGrpc;
import dev.daveloper.proto.documents.v1.IngestMetadata;
import dev.daveloper.proto.documents.v1.IngestRequest;
import dev.daveloper.proto.documents.v1.IngestResponse;
import dev.daveloper.proto.documents.v1.ListDocumentsRequest;
import dev.daveloper.proto.documents.v1.ListJobsRequest;
import dev.daveloper.proto.documents.v1.Quota;
import dev.daveloper.proto.documents.v1.SearchPassagesRequest;
import dev.daveloper.proto.documents.v1.UnfinishedJobs;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Being a document service: what callers get that were not written here, and that do as they please. */
class DocumentsServerTest {
    private static final int MAX_CHUNK_BYTES = 256 << 10;
    private static final IngestMetadata GOOD = IngestMetadata.newBuilder()
            .setJobId(Uploads.someJob().value())
            .setDocumentId(Uploads.someDocument().value())
            .setScope("shared")
            .setName("a.txt")
            .setKind(dev.daveloper.proto.documents.v1.MediaKind.MEDIA_KIND_TEXT)
            .setMaxBytes(1 << 20)
            .setQuota(Quota.newBuilder()
                    .setScopeFiles(10)
                    .setScopeBytes(1 << 20)
                    .setTotalFiles(10)
                    .setTotalBytes(1 << 20))
            .build();
    private static final IngestRequest METADATA = request(GOOD);
    private static final IngestRequest CHUNK = chunk(100);

    @RegisterExtension
    final Opened opened = new Opened();

    private final Scope session = someSession();
    private final WatchedDocuments service = new WatchedDocuments();
    private DocumentsServer server;
    private DocumentServiceGrpc.DocumentServiceBlockingStub caller;

    @BeforeEach
    void serve() {
        // A place that is not given back would be missed at once.
        server = opened.serve(Opened.documentsAtOnce(0).withMaxUploads(1), service);
        caller = DocumentServiceGrpc.newBlockingStub(channel());
    }

    @Test
    void a_document_comes_in_chunks_of_any_size() throws Exception {
        assertThat(ending(METADATA, chunk(0), CHUNK, IngestRequest.getDefaultInstance(), chunk(MAX_CHUNK_BYTES)))
                .isEqualTo(Code.OK);
        assertThat(service.memory.jobs(Scope.SHARED, 10))
                .first()
                .satisfies(job -> assertThat(job.ticket().bytes()).isEqualTo(100 + MAX_CHUNK_BYTES));
    }

    @Test
    void uploads_that_break_the_contract_are_refused_and_kept_by_nobody() throws Exception {
        assertThat(ending(CHUNK)).as("a chunk before the metadata").isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(ending()).as("nothing at all").isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(ending(METADATA, CHUNK, METADATA)).as("metadata twice").isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(ending(METADATA, chunk(MAX_CHUNK_BYTES + 1)))
                .as("a chunk too large")
                .isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(ending(METADATA, chunk(5 << 20))).as("a message too large").isNotEqualTo(Code.OK);
        assertThat(service.memory.jobs(Scope.SHARED, 10)).isEmpty();
        assertThat(ending(METADATA, CHUNK)).as("the next one").isEqualTo(Code.OK);
    }

    @Test
    void metadata_that_breaks_a_rule_is_refused() throws Exception {
        for (IngestMetadata bad : List.of(
                GOOD.toBuilder().setJobId("job_1").build(),
                GOOD.toBuilder().setDocumentId("").build(),
                GOOD.toBuilder().setScope("everybody").build(),
                GOOD.toBuilder().setName(" ").build(),
                GOOD.toBuilder().clearKind().build(),
                GOOD.toBuilder().setMaxBytes(0).build())) {
            assertThat(ending(request(bad), CHUNK)).as(bad.toString()).isEqualTo(Code.INVALID_ARGUMENT);
        }
        assertThat(ending(request(GOOD.toBuilder().setKindValue(99).build()), CHUNK))
                .isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(service.memory.jobs(Scope.SHARED, 10)).isEmpty();
    }

    @Test
    void questions_that_break_a_rule_are_refused() {
        ListDocumentsRequest list = ListDocumentsRequest.newBuilder()
                .addScopes("shared")
                .setPageSize(10)
                .build();
        SearchPassagesRequest search = SearchPassagesRequest.newBuilder()
                .addScopes("shared")
                .setLimit(5)
                .build();
        ListJobsRequest jobs = ListJobsRequest.newBuilder()
                .setUnfinished(UnfinishedJobs.getDefaultInstance())
                .setLimit(5)
                .build();
        assertInvalid(() -> caller.listDocuments(list.toBuilder().setPageSize(0).build()));
        assertInvalid(
                () -> caller.listDocuments(list.toBuilder().setPageSize(201).build()));
        assertInvalid(() -> caller.listDocuments(list.toBuilder().clearScopes().build()));
        assertInvalid(
                () -> caller.listDocuments(list.toBuilder().setKindValue(99).build()));
        assertInvalid(
                () -> caller.listDocuments(list.toBuilder().setPageToken("?").build()));
        assertInvalid(
                () -> caller.searchPassages(search.toBuilder().setLimit(51).build()));
        assertInvalid(
                () -> caller.searchPassages(search.toBuilder().clearScopes().build()));
        assertInvalid(
                () -> caller.listJobs(jobs.toBuilder().setLimit(0).build()).hasNext());
        assertInvalid(
                () -> caller.listJobs(jobs.toBuilder().clearSelection().build()).hasNext());
    }

    @Test
    void no_more_uploads_are_taken_at_once_than_configured() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        GrpcDocuments documents = opened.documentsAt(server.port());
        CountedSource source = CountedSource.pausing(1_000_000, 100_000, gate);
        CompletableFuture<Object> first = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                first.complete(
                        documents.ingest(Uploads.of(session, "first.txt", MediaKind.TEXT, 1 << 20, PLENTY), source));
            } catch (Exception e) {
                first.completeExceptionally(e);
            }
        });
        await().until(() -> source.given() >= 100_000);

        assertThatThrownBy(() -> documents.ingest(text(session, "second.txt"), bytes("second")))
                .isInstanceOfSatisfying(
                        DocumentsUnavailable.class,
                        busy -> assertThat(busy.code()).isEqualTo(FailureCode.DOCUMENTS_BUSY));

        gate.countDown();
        assertThat(first).succeedsWithin(20, TimeUnit.SECONDS);
        await().ignoreExceptions().until(() -> ingested(documents, session, "second.txt", "second") != null);
    }

    @Test
    void no_more_calls_are_taken_at_once_than_configured() throws Exception {
        service.memory.hold();
        DocumentsServer small =
                opened.serve(Opened.documentsAtOnce(0).serving(serving -> serving.withMaxCalls(1)), service);
        GrpcDocuments documents = opened.documentsAt(small.port());
        var job = Uploads.handOver(service.memory, session, "a.txt", "a").job();
        try (var stream = documents.watch(job.ticket().id())) {
            assertThat(stream.next(java.time.Duration.ofSeconds(20))).isNotNull();
            assertThatThrownBy(() -> documents.jobs(session, 5)).isInstanceOf(DocumentsUnavailable.class);
            assertThatThrownBy(() -> documents.ingest(text(session, "b.txt"), bytes("b")))
                    .isInstanceOf(DocumentsUnavailable.class);
        }
        await().ignoreExceptions().until(() -> documents.jobs(session, 5).size() == 1);
    }

    private Code ending(IngestRequest... requests) throws Exception {
        CompletableFuture<Code> ending = new CompletableFuture<>();
        StreamObserver<IngestRequest> upload = DocumentServiceGrpc.newStub(channel())
                .ingest(new StreamObserver<>() {
                    @Override
                    public void onNext(IngestResponse response) {}

                    @Override
                    public void onError(Throwable failure) {
                        ending.complete(Status.fromThrowable(failure).getCode());
                    }

                    @Override
                    public void onCompleted() {
                        ending.complete(Code.OK);
                    }
                });
        for (IngestRequest request : requests) {
            upload.onNext(request);
        }
        upload.onCompleted();
        Code code = ending.get(20, TimeUnit.SECONDS);
        // The place is given back a moment after the answer.
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("grpc-ingest")));
        return code;
    }

    private static void assertInvalid(ThrowingCallable call) {
        assertThatThrownBy(call)
                .satisfies(refusal ->
                        assertThat(Status.fromThrowable(refusal).getCode()).isEqualTo(Code.INVALID_ARGUMENT));
    }

    private static IngestRequest request(IngestMetadata metadata) {
        return IngestRequest.newBuilder().setMetadata(metadata).build();
    }

    private static IngestRequest chunk(int bytes) {
        return IngestRequest.newBuilder()
                .setChunk(ByteString.copyFromUtf8("x".repeat(bytes)))
                .build();
    }

    private ManagedChannel channel() {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
        opened.add(channel::shutdownNow);
        return channel;
    }
}
