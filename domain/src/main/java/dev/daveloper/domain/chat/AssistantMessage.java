package dev.daveloper.domain.chat;

import dev.daveloper.domain.failures.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An answer, whole or as far as it came; the outcome says which.
 *
 * @param at when the run ended
 * @param error why the run did not complete, where there is more to say than the outcome does
 * @param cached whether it was made for an earlier question, kept, and given again
 */
public record AssistantMessage(
        MessageId id,
        RunId runId,
        Instant at,
        String text,
        RunOutcome outcome,
        List<Citation> citations,
        List<ToolCall> toolCalls,
        Optional<Usage> usage,
        Optional<Failure> error,
        boolean cached)
        implements Message {
    public AssistantMessage {
        citations = List.copyOf(citations);
        toolCalls = List.copyOf(toolCalls);
    }

    /** An answer that was made for its own question. */
    public AssistantMessage(
            MessageId id,
            RunId runId,
            Instant at,
            String text,
            RunOutcome outcome,
            List<Citation> citations,
            List<ToolCall> toolCalls,
            Optional<Usage> usage,
            Optional<Failure> error) {
        this(id, runId, at, text, outcome, citations, toolCalls, usage, error, false);
    }
}
