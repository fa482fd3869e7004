package dev.daveloper.bootstrap.config;

import dev.daveloper.grpc.AgentServerConfig;
import java.time.Duration;

/** The built-in agent as a gRPC service of its own, which the command {@code agent} runs. */
final class AgentServerKeys {
    static final ServingKeys SERVING =
            new ServingKeys("agent-server", "the agent service", 50_052, "Answers that it makes", 1_000);
    static final Setting<Duration> MAX_ANSWER_TIME = Setting.of(
            "agent-server.max-answer-time",
            Kinds.duration(Duration.ofMillis(100), Duration.ofDays(1)),
            "10m",
            "Longest time of an answer, whatever the caller's deadline.");

    static final Group GROUP = new Group("Agent service (command agent)", SERVING.and(MAX_ANSWER_TIME));

    private AgentServerKeys() {}

    static AgentServerConfig bind(Values values) {
        return new AgentServerConfig(SERVING.bind(values), values.get(MAX_ANSWER_TIME));
    }
}
