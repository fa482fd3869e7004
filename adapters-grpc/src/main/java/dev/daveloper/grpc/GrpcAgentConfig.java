package dev.daveloper.grpc;

import dev.daveloper.domain.failures.InvalidValue;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach an agent over gRPC.
 *
 * @param target a gRPC name such as {@code dns:///agent:50052}; every address it resolves to gets its share of calls
 * @param tls empty for plain text
 * @param connectTimeout for one attempt to connect to one address
 * @param keepAliveTime silence on a connection that carries calls, after which it is pinged; servers close a connection
 *     that pings oftener than they permit, which is every 5 minutes by default; 10 seconds or more
 * @param keepAliveTimeout how long a ping may go unanswered before the connection counts as lost
 * @param callTimeout for listing tools
 * @param toolTimeout for trying a tool
 * @param maxEventBytes the largest message an agent may send; a larger one fails the answer
 * @param windowBytes what an agent may have sent that was not read yet, of one answer and of all answers on a
 *     connection; 64 KiB or more
 * @param healthCheck whether an instance that says it is not serving gets no new answers
 */
public record GrpcAgentConfig(
        String target,
        Optional<ClientTls> tls,
        Duration connectTimeout,
        Duration keepAliveTime,
        Duration keepAliveTimeout,
        Duration callTimeout,
        Duration toolTimeout,
        int maxEventBytes,
        int windowBytes,
        boolean healthCheck) {
    private static final Duration LEAST_KEEP_ALIVE = Duration.ofSeconds(10);
    private static final int LEAST_WINDOW_BYTES = 64 << 10;

    public GrpcAgentConfig {
        if (target.isBlank()) {
            throw new InvalidValue("agent target", target, "a gRPC target such as dns:///localhost:50052");
        }
        requirePositive("connectTimeout", connectTimeout);
        requirePositive("keepAliveTimeout", keepAliveTimeout);
        requirePositive("callTimeout", callTimeout);
        requirePositive("toolTimeout", toolTimeout);
        if (keepAliveTime.compareTo(LEAST_KEEP_ALIVE) < 0) {
            throw new InvalidValue("keepAliveTime", keepAliveTime.toString(), "10 seconds or more");
        }
        if (maxEventBytes < 1) {
            throw new InvalidValue("maxEventBytes", Integer.toString(maxEventBytes), "1 or more");
        }
        if (windowBytes < LEAST_WINDOW_BYTES) {
            throw new InvalidValue("windowBytes", Integer.toString(windowBytes), LEAST_WINDOW_BYTES + " or more");
        }
    }

    /** Plain text to this target, with everything else as usual. */
    public static GrpcAgentConfig of(String target) {
        return new GrpcAgentConfig(
                target,
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                1 << 20,
                1 << 20,
                true);
    }

    public GrpcAgentConfig withTls(ClientTls tls) {
        return new GrpcAgentConfig(
                target,
                Optional.of(tls),
                connectTimeout,
                keepAliveTime,
                keepAliveTimeout,
                callTimeout,
                toolTimeout,
                maxEventBytes,
                windowBytes,
                healthCheck);
    }

    private static void requirePositive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new InvalidValue(name, duration.toString(), "longer than nothing");
        }
    }
}
