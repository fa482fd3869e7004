package dev.daveloper.grpc;

import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * How to be an agent over gRPC.
 *
 * @param serving its calls are answers and tool trials; more than it takes are refused with RESOURCE_EXHAUSTED
 * @param maxAnswerTime for callers that set no deadline, and for those that set a later one
 */
public record AgentServerConfig(ServingConfig serving, Duration maxAnswerTime) {
    private static final int MAX_CALLS = 1_000;

    public AgentServerConfig {
        ConnectionConfig.requirePositive("maxAnswerTime", maxAnswerTime);
    }

    /** Plain text on this machine alone, with everything else as usual. */
    public static AgentServerConfig of(int port) {
        return new AgentServerConfig(ServingConfig.on(port, MAX_CALLS), Duration.ofMinutes(10));
    }

    /** The same but for how it serves. */
    public AgentServerConfig serving(UnaryOperator<ServingConfig> change) {
        return new AgentServerConfig(change.apply(serving), maxAnswerTime);
    }
}
