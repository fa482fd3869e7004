package dev.daveloper.grpc;

import dev.daveloper.domain.failures.InvalidValue;
import java.time.Duration;
import java.util.Optional;

/**
 * How to be an agent over gRPC.
 *
 * @param host the address to listen on
 * @param port 0 for any that is free
 * @param tls empty for plain text
 * @param reflection whether tools such as grpcurl may ask what there is to call; not for production
 * @param maxCalls answers and tool trials at once; more are refused with RESOURCE_EXHAUSTED
 * @param maxAnswerTime for callers that set no deadline, and for those that set a later one
 * @param drain how long answers at hand may go on when the server closes
 */
public record AgentServerConfig(
        String host,
        int port,
        Optional<ServerTls> tls,
        boolean reflection,
        int maxCalls,
        Duration maxAnswerTime,
        Duration drain) {
    private static final int MAX_PORT = 65_535;

    public AgentServerConfig {
        if (port < 0 || port > MAX_PORT) {
            throw new InvalidValue("port", Integer.toString(port), "from 0 to " + MAX_PORT);
        }
        if (maxCalls < 1) {
            throw new InvalidValue("maxCalls", Integer.toString(maxCalls), "1 or more");
        }
        if (!maxAnswerTime.isPositive()) {
            throw new InvalidValue("maxAnswerTime", maxAnswerTime.toString(), "longer than nothing");
        }
        if (drain.isNegative()) {
            throw new InvalidValue("drain", drain.toString(), "0 or longer");
        }
    }

    /** Plain text on this machine alone, with everything else as usual. */
    public static AgentServerConfig of(int port) {
        return new AgentServerConfig(
                "127.0.0.1", port, Optional.empty(), false, 1_000, Duration.ofMinutes(10), Duration.ofSeconds(20));
    }

    public AgentServerConfig withHost(String host) {
        return new AgentServerConfig(host, port, tls, reflection, maxCalls, maxAnswerTime, drain);
    }

    public AgentServerConfig withTls(ServerTls tls) {
        return new AgentServerConfig(host, port, Optional.of(tls), reflection, maxCalls, maxAnswerTime, drain);
    }

    public AgentServerConfig withReflection() {
        return new AgentServerConfig(host, port, tls, true, maxCalls, maxAnswerTime, drain);
    }

    public AgentServerConfig withMaxCalls(int maxCalls) {
        return new AgentServerConfig(host, port, tls, reflection, maxCalls, maxAnswerTime, drain);
    }

    public AgentServerConfig withDrain(Duration drain) {
        return new AgentServerConfig(host, port, tls, reflection, maxCalls, maxAnswerTime, drain);
    }
}
