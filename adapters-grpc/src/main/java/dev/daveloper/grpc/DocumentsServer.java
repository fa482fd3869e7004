package dev.daveloper.grpc;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.grpc.documents.DocumentsEndpoint;
import java.io.IOException;

/** Serves documents over gRPC, with health. The door for document services written in Java. */
public final class DocumentsServer implements AutoCloseable {
    private final GrpcServer server;

    private DocumentsServer(GrpcServer server) {
        this.server = server;
    }

    /** As {@link #start(DocumentsServerConfig, DocumentService, PassageSearch, Tracer)}, without traces of its own. */
    public static DocumentsServer start(DocumentsServerConfig config, DocumentService service, PassageSearch search)
            throws IOException {
        return start(config, service, search, Tracer.PASSING);
    }

    /**
     * Listens and serves until closed. Service and search stay the caller's to close, after this.
     *
     * @param tracer of its calls; the service is asked by threads that work for them
     * @throws IOException when the address cannot be listened on
     * @throws IllegalArgumentException when a TLS file is of no use
     */
    public static DocumentsServer start(
            DocumentsServerConfig config, DocumentService service, PassageSearch search, Tracer tracer)
            throws IOException {
        DocumentsEndpoint endpoint =
                new DocumentsEndpoint(service, search, config.serving().maxCalls(), config.maxUploads(), tracer);
        return new DocumentsServer(GrpcServer.start(config.serving(), "documents", endpoint, endpoint.desk(), tracer));
    }

    /** Where it listens; the chosen port when the configured one is 0. */
    public int port() {
        return server.port();
    }

    /** Waits until somebody closes it. */
    public void awaitClose() throws InterruptedException {
        server.awaitClose();
    }

    /**
     * Says that it is not serving, takes no new calls, lets those at hand finish within the drain time and cancels the
     * rest: a document that is not handed over by then is not kept. Interrupting the caller ends the waiting.
     */
    @Override
    public void close() {
        server.close();
    }
}
