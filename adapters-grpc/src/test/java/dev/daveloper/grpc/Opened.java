package dev.daveloper.grpc;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.grpc.chat.GrpcAgent;
import dev.daveloper.grpc.documents.GrpcDocuments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Servers, connections and whatever else a test opens; closed after it, the last one first. */
final class Opened implements AfterEachCallback {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    <C extends AutoCloseable> C add(C closeable) {
        opened.push(closeable);
        return closeable;
    }

    /** A server that waits for nobody when it closes. */
    static AgentServerConfig atOnce(int port) {
        return AgentServerConfig.of(port).serving(serving -> serving.withDrain(Duration.ZERO));
    }

    AgentServer serve(Agent agent) {
        return serve(atOnce(0), agent);
    }

    AgentServer serve(AgentServerConfig config, Agent agent) {
        try {
            return add(AgentServer.start(config, agent));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    GrpcAgent connect(int port) {
        return connect(GrpcAgentConfig.of("dns:///localhost:" + port));
    }

    GrpcAgent connect(GrpcAgentConfig config) {
        return add(GrpcAgents.connect(config));
    }

    /** The agent, with the network and both sides of the wire between. */
    GrpcAgent reach(Agent agent) {
        return connect(serve(agent).port());
    }

    <D extends DocumentService & PassageSearch> DocumentsServer serve(D documents) {
        return serve(documentsAtOnce(0), documents);
    }

    <D extends DocumentService & PassageSearch> DocumentsServer serve(DocumentsServerConfig config, D documents) {
        try {
            return add(DocumentsServer.start(config, documents, documents));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server that waits for nobody when it closes. */
    static DocumentsServerConfig documentsAtOnce(int port) {
        return DocumentsServerConfig.of(port).serving(serving -> serving.withDrain(Duration.ZERO));
    }

    GrpcDocuments documentsAt(int port) {
        return documents(GrpcDocumentsConfig.of("dns:///localhost:" + port));
    }

    GrpcDocuments documents(GrpcDocumentsConfig config) {
        return add(GrpcDocumentServices.connect(config));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
