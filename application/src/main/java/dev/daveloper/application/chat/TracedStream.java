package dev.daveloper.application.chat;

import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.application.tracing.out.Attribute;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.application.tracing.out.Tracer.Kind;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An answer of which is told when its first delta came and which tools were used, each as a part of its own. Passes
 * everything through as it is.
 */
final class TracedStream implements AgentStream {
    /** Tools that one answer tells of; those beyond are used all the same. */
    static final int MAX_TOOLS = 64;

    private static final String EXECUTE_TOOL = "execute_tool";
    private static final String FIRST_DELTA = "first_delta";
    private static final String TOOL_FAILED = "tool_failed";

    private final AgentStream stream;
    private final Tracer tracer;
    private final Span run;
    /** Those under way, by their calls. */
    private final Map<String, Span> tools = new ConcurrentHashMap<>();

    private volatile boolean over;
    // What follows belongs to the pulling thread.
    private int told;
    private boolean speaking;

    TracedStream(AgentStream stream, Tracer tracer, Span run) {
        this.stream = stream;
        this.tracer = tracer;
        this.run = run;
    }

    @Override
    public AgentStep next(Duration patience) throws InterruptedException {
        AgentStep step;
        try {
            step = stream.next(patience);
        } catch (RuntimeException | InterruptedException e) {
            endTools();
            throw e;
        }
        switch (step) {
            case AgentEvent.TextDelta delta -> speak();
            case AgentEvent.ToolStarted started -> start(started);
            case AgentEvent.ToolFinished finished -> finish(finished);
            case AgentStep.Ended ended -> endTools();
            default -> {}
        }
        return step;
    }

    private void speak() {
        if (!speaking) {
            speaking = true;
            run.happened(FIRST_DELTA);
        }
    }

    /** The name is the agent's, so it is told beside and not as the name of the span. */
    private void start(AgentEvent.ToolStarted started) {
        if (over || told == MAX_TOOLS) {
            return;
        }
        told++;
        Span tool = tracer.below(run, Kind.INTERNAL, EXECUTE_TOOL);
        tool.put(Attribute.OPERATION, EXECUTE_TOOL);
        tool.put(Attribute.TOOL_NAME, started.name());
        tool.put(Attribute.TOOL_CALL, started.callId());
        Span before = tools.put(started.callId(), tool);
        if (before != null) {
            before.end();
        }
    }

    private void finish(AgentEvent.ToolFinished finished) {
        Span tool = tools.remove(finished.callId());
        if (tool != null) {
            if (!finished.result().ok()) {
                tool.failed(TOOL_FAILED);
            }
            tool.end();
        }
    }

    private void endTools() {
        over = true;
        tools.values().forEach(Span::end);
        tools.clear();
    }

    @Override
    public boolean isCached() {
        return stream.isCached();
    }

    @Override
    public void close() {
        stream.close();
        endTools();
    }
}
