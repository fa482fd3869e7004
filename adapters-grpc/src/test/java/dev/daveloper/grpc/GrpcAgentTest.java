package dev.daveloper.grpc;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgentContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;

/** The contract once more, with the network and both sides of the wire between. */
class GrpcAgentTest extends ScriptedAgentContract {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Override
    protected Agent reach(ScriptedAgent scripted) {
        try {
            AgentServer server = AgentServer.start(AgentServerConfig.of(0), scripted);
            opened.push(server);
            Agent agent = GrpcAgents.connect(GrpcAgentConfig.of("dns:///localhost:" + server.port()));
            opened.push((AutoCloseable) agent);
            return agent;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
