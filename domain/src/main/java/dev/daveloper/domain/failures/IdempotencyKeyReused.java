package dev.daveloper.domain.failures;

/** The same key came with another request: one of the two would be lost, so the second is refused. */
public final class IdempotencyKeyReused extends GatewayException {
    private static final long serialVersionUID = 1L;

    public IdempotencyKeyReused() {
        super(
                FailureCode.IDEMPOTENCY_KEY_REUSED,
                "This idempotency key was used with a different request; use a new key for a new message.");
    }
}
