package dev.daveloper.application.chat;

import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** Gives an answer that was kept, its text in pieces as an agent would say it, but without its pauses. */
final class ReplayedStream implements AgentStream {
    /** How long a piece of text is; one more where it would cut a character in two. */
    static final int PIECE_CHARS = 200;

    private final Iterator<AgentEvent> events;
    private volatile boolean closed;

    ReplayedStream(List<AgentEvent> kept) {
        List<AgentEvent> pieces = new ArrayList<>();
        for (AgentEvent event : kept) {
            switch (event) {
                case AgentEvent.TextDelta delta -> cut(delta.text(), AgentEvent.TextDelta::new, pieces);
                case AgentEvent.ReasoningDelta delta -> cut(delta.text(), AgentEvent.ReasoningDelta::new, pieces);
                default -> pieces.add(event);
            }
        }
        this.events = pieces.iterator();
    }

    @Override
    public AgentStep next(Duration patience) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return !closed && events.hasNext() ? events.next() : AgentStep.Ended.ENDED;
    }

    @Override
    public boolean isCached() {
        return true;
    }

    @Override
    public void close() {
        closed = true;
    }

    private static void cut(String text, Function<String, AgentEvent> delta, List<AgentEvent> pieces) {
        for (int from = 0, end; from < text.length(); from = end) {
            end = Math.min(from + PIECE_CHARS, text.length());
            if (end < text.length() && Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end))) {
                end++;
            }
            pieces.add(delta.apply(text.substring(from, end)));
        }
    }
}
