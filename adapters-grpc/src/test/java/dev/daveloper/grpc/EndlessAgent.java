package dev.daveloper.grpc;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** An agent that talks as fast as anybody listens, and counts what it said. */
final class EndlessAgent implements Agent {
    static final int DELTA_CHARS = 1_024;
    private static final AgentEvent DELTA = new AgentEvent.TextDelta("x".repeat(DELTA_CHARS));

    private final AtomicLong said = new AtomicLong();

    long said() {
        return said.get();
    }

    @Override
    public AgentStream answer(AgentRequest request) {
        return new AgentStream() {
            private volatile boolean closed;

            @Override
            public AgentStep next(Duration patience) {
                if (closed) {
                    return AgentStep.Ended.ENDED;
                }
                said.incrementAndGet();
                return DELTA;
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }

    @Override
    public List<Tool> tools() {
        return List.of();
    }

    @Override
    public ToolResult testTool(String name, Json arguments) {
        return new ToolResult(false, "This agent only talks.");
    }
}
