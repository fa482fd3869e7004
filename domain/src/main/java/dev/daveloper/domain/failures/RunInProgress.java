package dev.daveloper.domain.failures;

/** The session has an answer in the making; a session has one at a time. */
public final class RunInProgress extends GatewayException {
    private static final long serialVersionUID = 1L;

    private final String runId;

    public RunInProgress(String runId) {
        super(
                FailureCode.RUN_IN_PROGRESS,
                "This session's previous answer is not finished: follow it, cancel it,"
                        + " or start with onBusy \"interrupt\".");
        this.runId = runId;
    }

    /** The run in the way, so that the caller can follow or cancel it. */
    public String runId() {
        return runId;
    }
}
