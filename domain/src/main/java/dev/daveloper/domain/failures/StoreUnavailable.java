package dev.daveloper.domain.failures;

import java.time.Duration;
import java.util.Optional;

/** The store that keeps sessions, messages and runs does not answer; nothing was accepted. */
public final class StoreUnavailable extends GatewayException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailable(Throwable cause) {
        super(FailureCode.STORE_UNAVAILABLE, "The store does not answer at the moment; nothing was changed.", cause);
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(Duration.ofSeconds(2));
    }
}
