package dev.daveloper.application.chat;

import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.RunEvent;
import java.util.List;

/** Puts adjacent deltas of one kind together, for viewers that are behind: the same text in fewer events. */
final class DeltaMerge {
    private DeltaMerge() {}

    /** Where the run of deltas that starts here ends, exclusively; never less than one event. */
    static int endOfRunOfDeltas(List<LoggedEvent> events, int from, int maxChars) {
        RunEvent first = events.get(from).event();
        int chars = charsOf(first);
        int end = from + 1;
        while (chars >= 0 && end < events.size()) {
            RunEvent next = events.get(end).event();
            int more = charsOf(next);
            if (next.getClass() != first.getClass() || chars + more > maxChars) {
                break;
            }
            chars += more;
            end++;
        }
        return end;
    }

    /** These events as one, at the last one's cursor; they are deltas of one kind, or a single event. */
    static LoggedEvent merge(List<LoggedEvent> events, int from, int end) {
        LoggedEvent last = events.get(end - 1);
        if (end - from == 1) {
            return last;
        }
        StringBuilder text = new StringBuilder();
        for (LoggedEvent event : events.subList(from, end)) {
            text.append(textOf(event.event()));
        }
        RunEvent merged = last.event() instanceof AgentEvent.TextDelta
                ? new AgentEvent.TextDelta(text.toString())
                : new AgentEvent.ReasoningDelta(text.toString());
        return new LoggedEvent(last.cursor(), merged);
    }

    /** How many characters of text a delta has; -1 for an event that is no delta. */
    static int charsOf(RunEvent event) {
        return event instanceof AgentEvent.TextDelta || event instanceof AgentEvent.ReasoningDelta
                ? textOf(event).length()
                : -1;
    }

    private static String textOf(RunEvent event) {
        return switch (event) {
            case AgentEvent.TextDelta delta -> delta.text();
            case AgentEvent.ReasoningDelta delta -> delta.text();
            default -> "";
        };
    }
}
