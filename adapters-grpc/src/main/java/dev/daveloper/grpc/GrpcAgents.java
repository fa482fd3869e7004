package dev.daveloper.grpc;

import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.grpc.chat.CallSettings;
import dev.daveloper.grpc.chat.GrpcAgent;
import dev.daveloper.proto.agent.v1.AgentServiceGrpc;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The door to agents over gRPC. */
public final class GrpcAgents {
    private static final List<String> REPEATABLE = List.of(
            AgentServiceGrpc.getChatMethod().getFullMethodName(),
            AgentServiceGrpc.getListToolsMethod().getFullMethodName());

    private GrpcAgents() {}

    /** As {@link #connect(GrpcAgentConfig, Supplier)}, sending no metadata but the run's id. */
    public static GrpcAgent connect(GrpcAgentConfig config) {
        return connect(config, Map::of);
    }

    /** As {@link #connect(GrpcAgentConfig, Supplier, Tracer)}, without traces of its own. */
    public static GrpcAgent connect(GrpcAgentConfig config, Supplier<Map<String, String>> metadata) {
        return connect(config, metadata, Tracer.PASSING);
    }

    /**
     * Begins to connect, and goes on trying until closed; returns at once. An agent that is not there yet is no error:
     * answers are refused until it is.
     *
     * @param metadata asked at every call, on the calling thread: names, in lower case, and values to send along,
     *     such as {@code x-request-id}
     * @param tracer of whose current span every call is a part, as the agent is told by {@code traceparent}
     */
    public static GrpcAgent connect(GrpcAgentConfig config, Supplier<Map<String, String>> metadata, Tracer tracer) {
        HeardCalls heard = new HeardCalls("agent");
        ServiceConnection connection = ServiceConnection.open(
                config.connection(), "agent", REPEATABLE, List.of(heard, new TracedCalls(tracer)));
        return new GrpcAgent(
                new ServiceCalls(connection.channel(), metadata, connection::close),
                new CallSettings(config.callTimeout(), config.toolTimeout()),
                listener ->
                        Hearing.begin(listener, heard, AgentServiceGrpc.getServiceDescriptor(), List.of(connection)));
    }
}
