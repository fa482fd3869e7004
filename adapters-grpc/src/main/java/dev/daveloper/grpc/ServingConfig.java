package dev.daveloper.grpc;

import dev.daveloper.domain.failures.InvalidValue;
import java.time.Duration;
import java.util.Optional;

/**
 * How to serve over gRPC, whatever it is.
 *
 * @param host the address to listen on
 * @param port 0 for any that is free
 * @param tls empty for plain text
 * @param reflection whether tools such as grpcurl may ask what there is to call; not for production
 * @param maxCalls calls at once; more are refused
 * @param drain how long calls at hand may go on when the server closes
 */
public record ServingConfig(
        String host, int port, Optional<ServerTls> tls, boolean reflection, int maxCalls, Duration drain) {
    private static final int MAX_PORT = 65_535;

    public ServingConfig {
        if (port < 0 || port > MAX_PORT) {
            throw new InvalidValue("port", Integer.toString(port), "from 0 to " + MAX_PORT);
        }
        if (maxCalls < 1) {
            throw new InvalidValue("maxCalls", Integer.toString(maxCalls), "1 or more");
        }
        if (drain.isNegative()) {
            throw new InvalidValue("drain", drain.toString(), "0 or longer");
        }
    }

    /** Plain text on this machine alone, with everything else as usual. */
    public static ServingConfig on(int port, int maxCalls) {
        return new ServingConfig("127.0.0.1", port, Optional.empty(), false, maxCalls, Duration.ofSeconds(20));
    }

    public ServingConfig withHost(String host) {
        return new ServingConfig(host, port, tls, reflection, maxCalls, drain);
    }

    public ServingConfig withTls(ServerTls tls) {
        return new ServingConfig(host, port, Optional.of(tls), reflection, maxCalls, drain);
    }

    public ServingConfig withReflection() {
        return new ServingConfig(host, port, tls, true, maxCalls, drain);
    }

    public ServingConfig withMaxCalls(int maxCalls) {
        return new ServingConfig(host, port, tls, reflection, maxCalls, drain);
    }

    public ServingConfig withDrain(Duration drain) {
        return new ServingConfig(host, port, tls, reflection, maxCalls, drain);
    }
}
