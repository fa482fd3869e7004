package dev.daveloper.grpc;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.grpc.documents.DocumentsEndpoint;
import java.io.IOException;

/** Serves documents over gRPC, with health. The door for document services written in Java. */
public final class DocumentsServer implements AutoCloseable {
    private final GrpcServer server;

    private DocumentsServer(GrpcServer server) {
        this.server = server;
    }

    /**
     * Listens and serves until closed. Service and search stay the caller's to close, after this.
     *
     * @throws IOException when the address cannot be listened on
     * @throws IllegalArgumentException when a TLS file is of no use
     */
    public static DocumentsServer start(DocumentsServerConfig config, DocumentService service, PassageSearch search)
            throws IOException {
        DocumentsEndpoint endpoint =
                new DocumentsEndpoint(service, search, config.serving().maxCalls(), config.maxUploads());
        return new DocumentsServer(GrpcServer.start(config.serving(), "documents", endpoint, endpoint.desk()));
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
