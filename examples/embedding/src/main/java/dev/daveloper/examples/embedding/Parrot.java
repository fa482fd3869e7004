package dev.daveloper.examples.embedding;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.failures.NotFound;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** An agent of ten lines: it says what it was told, word by word. */
final class Parrot implements Agent {
    @Override
    public AgentStream answer(AgentRequest request) {
        Iterator<String> words =
                Arrays.asList(request.message().split("(?<= )", -1)).iterator();
        return new AgentStream() {
            private volatile boolean closed;

            @Override
            public AgentStep next(Duration patience) {
                return !closed && words.hasNext() ? new AgentEvent.TextDelta(words.next()) : AgentStep.Ended.ENDED;
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
        throw new NotFound("tool");
    }
}
