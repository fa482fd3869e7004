package dev.daveloper.grpc;

import dev.daveloper.domain.failures.InvalidValue;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach a service over gRPC, whatever it does.
 *
 * @param target a gRPC name such as {@code dns:///agent:50052}; every address it resolves to gets its share of calls
 * @param tls empty for plain text
 * @param connectTimeout for one attempt to connect to one address
 * @param keepAliveTime silence on a connection that carries calls, after which it is pinged; servers close a connection
 *     that pings oftener than they permit, which is every 5 minutes by default; 10 seconds or more
 * @param keepAliveTimeout how long a ping may go unanswered before the connection counts as lost
 * @param maxMessageBytes the largest message the service may send; a larger one fails its call
 * @param windowBytes what the service may have sent that was not read yet, in one call and in all calls on a
 *     connection; 64 KiB or more
 * @param healthCheck whether an instance that says it is not serving gets no new calls
 */
public record ConnectionConfig(
        String target,
        Optional<ClientTls> tls,
        Duration connectTimeout,
        Duration keepAliveTime,
        Duration keepAliveTimeout,
        int maxMessageBytes,
        int windowBytes,
        boolean healthCheck) {
    private static final Duration LEAST_KEEP_ALIVE = Duration.ofSeconds(10);
    private static final int LEAST_WINDOW_BYTES = 64 << 10;

    public ConnectionConfig {
        if (target.isBlank()) {
            throw new InvalidValue("target", target, "a gRPC target such as dns:///localhost:50052");
        }
        requirePositive("connectTimeout", connectTimeout);
        requirePositive("keepAliveTimeout", keepAliveTimeout);
        if (keepAliveTime.compareTo(LEAST_KEEP_ALIVE) < 0) {
            throw new InvalidValue("keepAliveTime", keepAliveTime.toString(), "10 seconds or more");
        }
        if (maxMessageBytes < 1) {
            throw new InvalidValue("maxMessageBytes", Integer.toString(maxMessageBytes), "1 or more");
        }
        if (windowBytes < LEAST_WINDOW_BYTES) {
            throw new InvalidValue("windowBytes", Integer.toString(windowBytes), LEAST_WINDOW_BYTES + " or more");
        }
    }

    /** Plain text to this target, with everything else as usual. */
    public static ConnectionConfig to(String target) {
        return new ConnectionConfig(
                target,
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofSeconds(20),
                1 << 20,
                1 << 20,
                true);
    }

    public ConnectionConfig withTls(ClientTls tls) {
        return new ConnectionConfig(
                target,
                Optional.of(tls),
                connectTimeout,
                keepAliveTime,
                keepAliveTimeout,
                maxMessageBytes,
                windowBytes,
                healthCheck);
    }

    public ConnectionConfig withMaxMessageBytes(int maxMessageBytes) {
        return new ConnectionConfig(
                target,
                tls,
                connectTimeout,
                keepAliveTime,
                keepAliveTimeout,
                maxMessageBytes,
                windowBytes,
                healthCheck);
    }

    static void requirePositive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new InvalidValue(name, duration.toString(), "longer than nothing");
        }
    }
}
