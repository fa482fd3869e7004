package dev.daveloper.grpc;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.grpc.chat.AgentEndpoint;
import java.io.IOException;

/** Serves an agent over gRPC, with health. The door for agents written in Java. */
public final class AgentServer implements AutoCloseable {
    private final GrpcServer server;

    private AgentServer(GrpcServer server) {
        this.server = server;
    }

    /** As {@link #start(AgentServerConfig, Agent, Tracer)}, without traces of its own. */
    public static AgentServer start(AgentServerConfig config, Agent agent) throws IOException {
        return start(config, agent, Tracer.PASSING);
    }

    /**
     * Listens and serves until closed. The agent stays the caller's to close, after this.
     *
     * @param tracer of its calls; the agent is asked by threads that work for them
     * @throws IOException when the address cannot be listened on
     * @throws IllegalArgumentException when a TLS file is of no use
     */
    public static AgentServer start(AgentServerConfig config, Agent agent, Tracer tracer) throws IOException {
        AgentEndpoint endpoint = new AgentEndpoint(agent, config.serving().maxCalls(), config.maxAnswerTime(), tracer);
        return new AgentServer(GrpcServer.start(config.serving(), "agent", endpoint, endpoint.desk(), tracer));
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
     * rest. Interrupting the caller ends the waiting.
     */
    @Override
    public void close() {
        server.close();
    }
}
