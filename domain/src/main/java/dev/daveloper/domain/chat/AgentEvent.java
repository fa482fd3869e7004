package dev.daveloper.domain.chat;

/** What an agent says while it answers. */
public sealed interface AgentEvent extends RunEvent, AgentStep {
    /** The next part of the answer's text. Deltas concatenate to the answer, nothing is put between them. */
    record TextDelta(String text) implements AgentEvent {}

    /** The next part of what a reasoning model thinks aloud; not part of the answer. */
    record ReasoningDelta(String text) implements AgentEvent {}

    /** A tool is about to be used. */
    record ToolStarted(String callId, String name, Json arguments) implements AgentEvent {}

    /** The tool of an earlier {@link ToolStarted} with the same call id has answered. */
    record ToolFinished(String callId, ToolResult result) implements AgentEvent {}

    /** The answer rests on this passage. */
    record CitationAdded(Citation citation) implements AgentEvent {}

    /** What the answer has consumed so far; replaces an earlier report. */
    record UsageReported(Usage usage) implements AgentEvent {}
}
