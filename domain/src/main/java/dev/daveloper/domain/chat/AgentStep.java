package dev.daveloper.domain.chat;

/** What one pull from an agent gives: an event, the end, or nothing yet. */
public sealed interface AgentStep permits AgentEvent, AgentStep.Quiet, AgentStep.Ended {
    /** Nothing came within the caller's patience; more may come. */
    enum Quiet implements AgentStep {
        QUIET
    }

    /** The agent has said all it had to say, or its stream was closed. */
    enum Ended implements AgentStep {
        ENDED
    }
}
