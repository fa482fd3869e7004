package dev.daveloper.grpc;

import java.time.Duration;

/**
 * How to reach an agent over gRPC.
 *
 * @param connection its largest message is an event; a larger one fails the answer
 * @param callTimeout for listing tools
 * @param toolTimeout for trying a tool
 */
public record GrpcAgentConfig(ConnectionConfig connection, Duration callTimeout, Duration toolTimeout) {
    public GrpcAgentConfig {
        ConnectionConfig.requirePositive("callTimeout", callTimeout);
        ConnectionConfig.requirePositive("toolTimeout", toolTimeout);
    }

    /** Plain text to this target, with everything else as usual. */
    public static GrpcAgentConfig of(String target) {
        return new GrpcAgentConfig(ConnectionConfig.to(target), Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    public GrpcAgentConfig withTls(ClientTls tls) {
        return new GrpcAgentConfig(connection.withTls(tls), callTimeout, toolTimeout);
    }
}
