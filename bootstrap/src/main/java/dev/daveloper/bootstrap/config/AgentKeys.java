package dev.daveloper.bootstrap.config;

import dev.daveloper.grpc.GrpcAgentConfig;
import java.time.Duration;
import java.util.List;

/** Which agent makes the answers, and how it is reached when it is a service. */
final class AgentKeys {
    private static final String EMBEDDED = "embedded";

    static final Setting<String> TARGET = Setting.of(
            "agent.target",
            Kinds.FILLED_TEXT,
            EMBEDDED,
            "Who answers: embedded is the built-in agent; anything else is the gRPC target of an agent service, such as"
                    + " dns:///agent:50052.");
    static final ConnectionKeys CONNECTION = new ConnectionKeys("agent", "the agent service");
    static final Setting<Duration> CALL_TIMEOUT = Setting.of(
            "agent.call-timeout",
            Kinds.duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
            "5s",
            "Time for the agent service to list its tools.");
    static final Setting<Duration> TOOL_TIMEOUT = Setting.of(
            "agent.tool-timeout",
            Kinds.duration(Duration.ofMillis(100), Duration.ofMinutes(30)),
            "30s",
            "Time for the agent service to try a tool.");
    static final Setting<Integer> MAX_EVENT = Setting.of(
            "agent.max-event",
            Kinds.size(1 << 10, 64 << 20),
            "1MiB",
            "Largest event from the agent service; a larger one fails the answer.");

    static final Group GROUP =
            new Group("Agent", CONNECTION.among(List.of(TARGET), List.of(CALL_TIMEOUT, TOOL_TIMEOUT, MAX_EVENT)));

    private AgentKeys() {}

    static AgentChoice bind(Values values) {
        GrpcAgentConfig overGrpc = new GrpcAgentConfig(
                CONNECTION.bind(values, values.get(TARGET), values.get(MAX_EVENT)),
                values.get(CALL_TIMEOUT),
                values.get(TOOL_TIMEOUT));
        return values.get(TARGET).equals(EMBEDDED) ? BuiltInAgentKeys.bind(values) : new AgentChoice.OverGrpc(overGrpc);
    }
}
