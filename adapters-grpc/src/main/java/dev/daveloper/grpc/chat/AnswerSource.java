package dev.daveloper.grpc.chat;

import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.grpc.StreamSource;
import dev.daveloper.proto.agent.v1.ChatResponse;
import java.time.Duration;
import java.util.function.Consumer;

/** An agent's answer, as it goes over the wire. */
record AnswerSource(AgentStream answer) implements StreamSource<ChatResponse> {
    @Override
    public boolean next(Duration patience, Consumer<ChatResponse> messages) throws InterruptedException {
        return switch (answer.next(patience)) {
            case AgentEvent event -> {
                messages.accept(EventWriter.write(event));
                yield true;
            }
            case AgentStep.Quiet quiet -> true;
            case AgentStep.Ended ended -> false;
        };
    }

    @Override
    public void close() {
        answer.close();
    }
}
