package dev.daveloper.grpc;

import dev.daveloper.proto.documents.v1.DeleteDocumentRequest;
import dev.daveloper.proto.documents.v1.DeleteDocumentResponse;
import dev.daveloper.proto.documents.v1.DocumentServiceGrpc;
import dev.daveloper.proto.documents.v1.GetDocumentRequest;
import dev.daveloper.proto.documents.v1.GetDocumentResponse;
import dev.daveloper.proto.documents.v1.GetJobRequest;
import dev.daveloper.proto.documents.v1.GetJobResponse;
import dev.daveloper.proto.documents.v1.IngestRequest;
import dev.daveloper.proto.documents.v1.IngestResponse;
import dev.daveloper.proto.documents.v1.Job;
import dev.daveloper.proto.documents.v1.ListDocumentsRequest;
import dev.daveloper.proto.documents.v1.ListDocumentsResponse;
import dev.daveloper.proto.documents.v1.ListJobsRequest;
import dev.daveloper.proto.documents.v1.ListJobsResponse;
import dev.daveloper.proto.documents.v1.SearchPassagesRequest;
import dev.daveloper.proto.documents.v1.SearchPassagesResponse;
import dev.daveloper.proto.documents.v1.WatchJobRequest;
import dev.daveloper.proto.documents.v1.WatchJobResponse;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Somebody else's document service, which speaks the protocol as it pleases. Keeps what it was asked. */
final class ForeignDocuments extends DocumentServiceGrpc.DocumentServiceImplBase
        implements ServerInterceptor, AutoCloseable {
    private final Server server;
    final List<Metadata> metadata = new CopyOnWriteArrayList<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<String> deleted = new CopyOnWriteArrayList<>();

    /** What every call ends with, unless it is null. */
    volatile @Nullable StatusRuntimeException ending;

    volatile IngestResponse accepted = IngestResponse.getDefaultInstance();
    volatile GetJobResponse job = GetJobResponse.getDefaultInstance();
    volatile GetDocumentResponse document = GetDocumentResponse.getDefaultInstance();
    volatile ListDocumentsResponse page = ListDocumentsResponse.getDefaultInstance();
    volatile SearchPassagesResponse passages = SearchPassagesResponse.getDefaultInstance();
    volatile List<Job> jobs = List.of();

    ForeignDocuments() throws IOException {
        this.server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .intercept(this)
                .addService(this)
                .build()
                .start();
    }

    int port() {
        return server.getPort();
    }

    void endWith(Status status) {
        ending = status.asRuntimeException();
    }

    @Override
    public StreamObserver<IngestRequest> ingest(StreamObserver<IngestResponse> caller) {
        return new StreamObserver<>() {
            @Override
            public void onNext(IngestRequest request) {}

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onCompleted() {
                answer(caller, accepted);
            }
        };
    }

    @Override
    public void getJob(GetJobRequest request, StreamObserver<GetJobResponse> caller) {
        answer(caller, job);
    }

    @Override
    public void getDocument(GetDocumentRequest request, StreamObserver<GetDocumentResponse> caller) {
        answer(caller, document);
    }

    @Override
    public void listDocuments(ListDocumentsRequest request, StreamObserver<ListDocumentsResponse> caller) {
        answer(caller, page);
    }

    @Override
    public void searchPassages(SearchPassagesRequest request, StreamObserver<SearchPassagesResponse> caller) {
        answer(caller, passages);
    }

    @Override
    public void deleteDocument(DeleteDocumentRequest request, StreamObserver<DeleteDocumentResponse> caller) {
        deleted.add(request.getDocumentId());
        answer(caller, DeleteDocumentResponse.newBuilder().setDeleted(true).build());
    }

    @Override
    public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> caller) {
        jobs.forEach(
                one -> caller.onNext(ListJobsResponse.newBuilder().addJobs(one).build()));
        end(caller);
    }

    @Override
    public void watchJob(WatchJobRequest request, StreamObserver<WatchJobResponse> caller) {
        jobs.forEach(
                one -> caller.onNext(WatchJobResponse.newBuilder().setJob(one).build()));
        end(caller);
    }

    private <A> void answer(StreamObserver<A> caller, A answer) {
        if (ending == null) {
            caller.onNext(answer);
        }
        end(caller);
    }

    private void end(StreamObserver<?> caller) {
        StatusRuntimeException status = ending;
        if (status == null) {
            caller.onCompleted();
        } else {
            caller.onError(status);
        }
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (DocumentServiceGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName())) {
            metadata.add(headers);
            calls.add(String.valueOf(call.getMethodDescriptor().getBareMethodName()));
        }
        return next.startCall(call, headers);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
