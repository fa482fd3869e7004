package dev.daveloper.domain.chat;

import dev.daveloper.domain.sessions.SessionId;

/** What happens in a run, in the order in which every viewer sees it. */
public sealed interface RunEvent permits AgentEvent, RunEvent.Started, RunEvent.Finished {
    /** The run's first event, there before the agent answers. */
    record Started(SessionId sessionId, MessageId messageId, MessageId userMessageId) implements RunEvent {}

    /** The run's last event; the message is what history keeps, and from here on the truth. */
    record Finished(AssistantMessage message) implements RunEvent {
        public RunOutcome outcome() {
            return message.outcome();
        }
    }
}
