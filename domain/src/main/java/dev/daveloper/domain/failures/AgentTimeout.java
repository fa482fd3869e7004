package dev.daveloper.domain.failures;

/** The agent was silent, or busy, for longer than it may be. */
public final class AgentTimeout extends GatewayException {
    private static final long serialVersionUID = 1L;

    public AgentTimeout() {
        super(FailureCode.AGENT_TIMEOUT, "The agent did not finish its answer in time.");
    }
}
