package dev.daveloper.domain.failures;

import java.time.Duration;
import java.util.Optional;

/** A stated bound is reached, or the gateway takes no more work: nothing was accepted, trying again later helps. */
public final class AtCapacity extends GatewayException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    private AtCapacity(FailureCode code, String detail, Duration retryAfter) {
        super(code, detail);
        this.retryAfter = retryAfter;
    }

    public static AtCapacity runs() {
        return new AtCapacity(
                FailureCode.OVERLOADED, "Too many answers are being made at the moment.", Duration.ofSeconds(2));
    }

    /** Another caller has the same made, and it takes too long. */
    public static AtCapacity waiting() {
        return new AtCapacity(
                FailureCode.OVERLOADED,
                "What was asked for is being made for somebody else already, and is not ready yet.",
                Duration.ofSeconds(2));
    }

    /** As many sessions live from one address as may. */
    public static AtCapacity sessions() {
        return new AtCapacity(
                FailureCode.TOO_MANY_SESSIONS,
                "As many sessions as may be were opened from this address and still live.",
                Duration.ofMinutes(1));
    }

    public static AtCapacity viewers() {
        return new AtCapacity(
                FailureCode.TOO_MANY_VIEWERS,
                "This answer is followed by as many viewers as it may have.",
                Duration.ofSeconds(5));
    }

    public static AtCapacity shuttingDown() {
        return new AtCapacity(
                FailureCode.SHUTTING_DOWN, "This node is shutting down and takes no new work.", Duration.ofSeconds(2));
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(retryAfter);
    }
}
