package dev.daveloper.domain.failures;

/** The call needs a session and came with none, or with one that is unknown or has ended. */
public final class SessionRequired extends GatewayException {
    private static final long serialVersionUID = 1L;

    public SessionRequired() {
        super(
                FailureCode.SESSION_REQUIRED,
                "Open a session first and send its cookie or token; an ended session cannot be used again.");
    }
}
