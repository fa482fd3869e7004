package dev.daveloper.domain.failures;

import java.time.Duration;
import java.util.Optional;

/** The agent cannot be reached, or takes no work; nothing of an answer had come. */
public final class AgentUnavailable extends GatewayException {
    private static final long serialVersionUID = 1L;
    private static final String DETAIL = "The agent cannot be reached at the moment.";

    private final Duration retryAfter;

    public AgentUnavailable(Duration retryAfter) {
        super(FailureCode.AGENT_UNAVAILABLE, DETAIL);
        this.retryAfter = retryAfter;
    }

    public AgentUnavailable(Duration retryAfter, Throwable cause) {
        super(FailureCode.AGENT_UNAVAILABLE, DETAIL, cause);
        this.retryAfter = retryAfter;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(retryAfter);
    }
}
