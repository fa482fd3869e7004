package dev.daveloper.grpc;

import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.grpc.documents.DocumentCallSettings;
import dev.daveloper.grpc.documents.GrpcDocuments;
import dev.daveloper.proto.documents.v1.DocumentServiceGrpc;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The door to document services over gRPC. */
public final class GrpcDocumentServices {
    /** Calls that only read. */
    private static final List<String> REPEATABLE = Stream.of(
                    DocumentServiceGrpc.getGetJobMethod(),
                    DocumentServiceGrpc.getWatchJobMethod(),
                    DocumentServiceGrpc.getListJobsMethod(),
                    DocumentServiceGrpc.getListDocumentsMethod(),
                    DocumentServiceGrpc.getGetDocumentMethod(),
                    DocumentServiceGrpc.getSearchPassagesMethod())
            .map(MethodDescriptor::getFullMethodName)
            .toList();

    private GrpcDocumentServices() {}

    /** As {@link #connect(GrpcDocumentsConfig, Supplier)}, sending no metadata but a job's id where there is one. */
    public static GrpcDocuments connect(GrpcDocumentsConfig config) {
        return connect(config, Map::of);
    }

    /** As {@link #connect(GrpcDocumentsConfig, Supplier, Tracer)}, without traces of its own. */
    public static GrpcDocuments connect(GrpcDocumentsConfig config, Supplier<Map<String, String>> metadata) {
        return connect(config, metadata, Tracer.PASSING);
    }

    /**
     * Begins to connect, and goes on trying until closed; returns at once. A service that is not there yet is no error:
     * calls are refused until it is.
     *
     * @param metadata asked at every call, on the calling thread: names, in lower case, and values to send along,
     *     such as {@code x-request-id}
     * @param tracer of whose current span every call is a part, as the service is told by {@code traceparent}
     */
    public static GrpcDocuments connect(
            GrpcDocumentsConfig config, Supplier<Map<String, String>> metadata, Tracer tracer) {
        HeardCalls heard = new HeardCalls("documents");
        List<ClientInterceptor> through = List.of(heard, new TracedCalls(tracer));
        ServiceConnection calls = ServiceConnection.open(config.connection(), "documents", REPEATABLE, through);
        try {
            ServiceConnection uploads = ServiceConnection.open(config.connection(), "uploads", List.of(), through);
            return new GrpcDocuments(
                    new ServiceCalls(calls.channel(), metadata, calls::close),
                    new ServiceCalls(uploads.channel(), metadata, uploads::close),
                    new DocumentCallSettings(
                            config.callTimeout(), config.uploadTimeout(), config.stallTimeout(), config.watchTimeout()),
                    listener -> Hearing.begin(
                            listener, heard, DocumentServiceGrpc.getServiceDescriptor(), List.of(calls, uploads)));
        } catch (RuntimeException e) {
            calls.close();
            throw e;
        }
    }
}
