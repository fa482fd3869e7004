package dev.daveloper.application.chat;

import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Passes an answer through as it is made, and hands it on whole when the agent itself has ended it; not when it failed
 * or was closed.
 */
final class RecordingStream implements AgentStream {
    private final AgentStream stream;
    private final Consumer<List<AgentEvent>> whole;
    private final AnswerRecord record = new AnswerRecord();
    /** Of the pulling thread alone. */
    private boolean over;

    private volatile boolean closed;

    /** @param whole is called by the pulling thread, before it is told of the end */
    RecordingStream(AgentStream stream, Consumer<List<AgentEvent>> whole) {
        this.stream = stream;
        this.whole = whole;
    }

    @Override
    public AgentStep next(Duration patience) throws InterruptedException {
        AgentStep step;
        try {
            step = stream.next(patience);
        } catch (RuntimeException e) {
            over = true;
            throw e;
        }
        if (!over && !closed) {
            switch (step) {
                case AgentEvent event -> record.add(event);
                case AgentStep.Ended ended -> {
                    over = true;
                    record.worthKeeping().ifPresent(whole);
                }
                case AgentStep.Quiet quiet -> {}
            }
        }
        return step;
    }

    @Override
    public void close() {
        closed = true;
        stream.close();
    }
}
