package dev.daveloper.domain.chat;

import dev.daveloper.domain.failures.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer as far as it has come: events go in, the message comes out. The same events make the same message, whether
 * they come from the agent or are read back from the log. For one thread.
 */
public final class Transcript {
    /** What an event weighs beyond its characters, so that a stream of empty events reaches the bound as well. */
    private static final long EVENT_WEIGHT_CHARS = 16;

    private final Run run;
    private final long maxChars;
    private final StringBuilder text = new StringBuilder();
    private final List<Citation> citations = new ArrayList<>();
    private final Map<String, ToolCall> toolCalls = new LinkedHashMap<>();
    private Optional<Usage> usage = Optional.empty();
    private long weightChars;
    private boolean cached;

    /** @param maxChars what all events of the run may weigh together, in characters */
    public Transcript(Run run, long maxChars) {
        this.run = run;
        this.maxChars = maxChars;
    }

    /** Takes the event up; answers false, and leaves the transcript as it was, when it would exceed the bound. */
    public boolean add(AgentEvent event) {
        long weight = weightOf(event);
        if (weightChars + weight > maxChars) {
            return false;
        }
        weightChars += weight;
        switch (event) {
            case AgentEvent.TextDelta delta -> text.append(delta.text());
            case AgentEvent.ReasoningDelta reasoning -> {}
            case AgentEvent.ToolStarted started ->
                toolCalls.put(
                        started.callId(),
                        new ToolCall(started.callId(), started.name(), started.arguments(), Optional.empty()));
            case AgentEvent.ToolFinished finished ->
                toolCalls.computeIfPresent(
                        finished.callId(),
                        (id, call) -> new ToolCall(id, call.name(), call.arguments(), Optional.of(finished.result())));
            case AgentEvent.CitationAdded added -> citations.add(added.citation());
            case AgentEvent.UsageReported reported -> usage = Optional.of(reported.usage());
        }
        return true;
    }

    /** From now on the answer counts as one that was kept and is given again. */
    public void markCached() {
        cached = true;
    }

    public boolean isCached() {
        return cached;
    }

    /** The message of a run that ended now, in this way. */
    public AssistantMessage finish(RunOutcome outcome, Optional<Failure> error, Instant at) {
        return new AssistantMessage(
                run.messageId(),
                run.id(),
                at,
                text.toString(),
                outcome,
                citations,
                List.copyOf(toolCalls.values()),
                usage,
                error,
                cached);
    }

    private static long weightOf(AgentEvent event) {
        return EVENT_WEIGHT_CHARS
                + switch (event) {
                    case AgentEvent.TextDelta delta -> delta.text().length();
                    case AgentEvent.ReasoningDelta delta -> delta.text().length();
                    case AgentEvent.ToolStarted started ->
                        started.name().length() + started.arguments().text().length();
                    case AgentEvent.ToolFinished finished ->
                        finished.result().output().length();
                    case AgentEvent.CitationAdded added ->
                        added.citation().quote().length()
                                + added.citation().title().length();
                    case AgentEvent.UsageReported reported -> 0;
                };
    }
}
