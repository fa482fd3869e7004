package dev.daveloper.domain.failures;

/** The run's log is no longer held; the finished answer is in the history. */
public final class CursorGone extends GatewayException {
    private static final long serialVersionUID = 1L;

    public CursorGone() {
        super(FailureCode.CURSOR_GONE, "This run's events are no longer held; read the answer from the history.");
    }
}
