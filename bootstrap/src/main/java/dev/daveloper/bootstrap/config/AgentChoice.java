package dev.daveloper.bootstrap.config;

import dev.daveloper.embedded.chat.agent.OpenAiConfig;
import dev.daveloper.grpc.GrpcAgentConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Who makes the answers. */
public sealed interface AgentChoice {
    /**
     * The agent in this program.
     *
     * @param model empty when it answers by passages
     */
    record BuiltIn(Optional<OpenAiConfig> model, URI gitHubBaseUrl, Duration pace) implements AgentChoice {}

    /** A service of its own. */
    record OverGrpc(GrpcAgentConfig config) implements AgentChoice {}
}
