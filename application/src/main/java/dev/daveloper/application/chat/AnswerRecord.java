package dev.daveloper.application.chat;

import dev.daveloper.domain.chat.AgentEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes down an answer while it is made, with adjacent deltas put together and without what it consumed. An answer is
 * worth keeping when it has text, every tool did what it should, and it is not too long. For one thread.
 */
final class AnswerRecord {
    /** How many characters all events may have together; a longer answer is not kept. */
    static final int MAX_CHARS = 256 * 1024;

    /** What an event weighs beyond its characters. */
    private static final int EVENT_WEIGHT_CHARS = 16;

    private final List<AgentEvent> events = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final Set<String> toolsAtWork = new HashSet<>();
    private boolean reasoning;
    private boolean hasText;
    private boolean worthless;
    private long weightChars;

    void add(AgentEvent event) {
        if (worthless) {
            return;
        }
        switch (event) {
            case AgentEvent.TextDelta delta -> addDelta(delta.text(), false);
            case AgentEvent.ReasoningDelta delta -> addDelta(delta.text(), true);
            case AgentEvent.ToolStarted started -> {
                toolsAtWork.add(started.callId());
                addWhole(started, started.arguments().text().length());
            }
            case AgentEvent.ToolFinished finished -> {
                toolsAtWork.remove(finished.callId());
                addWhole(finished, finished.result().output().length());
                worthless |= !finished.result().ok();
            }
            case AgentEvent.CitationAdded added ->
                addWhole(
                        added,
                        added.citation().quote().length()
                                + added.citation().title().length());
            case AgentEvent.UsageReported reported -> {}
        }
        if (worthless || weightChars > MAX_CHARS) {
            giveUp();
        }
    }

    /** What is worth keeping of an answer that has ended as it should. */
    Optional<List<AgentEvent>> worthKeeping() {
        if (worthless || !hasText || !toolsAtWork.isEmpty()) {
            return Optional.empty();
        }
        endDelta();
        return Optional.of(List.copyOf(events));
    }

    private void addDelta(String more, boolean thought) {
        if (thought != reasoning) {
            endDelta();
            reasoning = thought;
        }
        hasText |= !thought && !more.isEmpty();
        weightChars += more.length();
        if (weightChars <= MAX_CHARS) {
            text.append(more);
        }
    }

    private void addWhole(AgentEvent event, int chars) {
        endDelta();
        weightChars += EVENT_WEIGHT_CHARS + chars;
        events.add(event);
    }

    private void endDelta() {
        if (!text.isEmpty()) {
            events.add(
                    reasoning
                            ? new AgentEvent.ReasoningDelta(text.toString())
                            : new AgentEvent.TextDelta(text.toString()));
            weightChars += EVENT_WEIGHT_CHARS;
            text.setLength(0);
        }
    }

    private void giveUp() {
        worthless = true;
        events.clear();
        text.setLength(0);
        text.trimToSize();
        toolsAtWork.clear();
    }
}
