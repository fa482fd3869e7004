package dev.daveloper.domain.failures;

/** The agent refused the request or broke down while answering. Its own words are kept for the log, never forwarded. */
public final class AgentFailed extends GatewayException {
    private static final long serialVersionUID = 1L;
    private static final String DETAIL = "The agent failed while making this answer.";

    public AgentFailed() {
        super(FailureCode.AGENT_FAILED, DETAIL);
    }

    public AgentFailed(Throwable cause) {
        super(FailureCode.AGENT_FAILED, DETAIL, cause);
    }
}
