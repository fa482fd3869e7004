package dev.daveloper.grpc.chat;

import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Usage;
import dev.daveloper.proto.agent.v1.ChatResponse;
import dev.daveloper.proto.agent.v1.CitationAdded;
import dev.daveloper.proto.agent.v1.ReasoningDelta;
import dev.daveloper.proto.agent.v1.TextDelta;
import dev.daveloper.proto.agent.v1.ToolFinished;
import dev.daveloper.proto.agent.v1.ToolStarted;
import dev.daveloper.proto.agent.v1.UsageReported;

/** What an agent says, as it goes over the wire. */
final class EventWriter {
    private EventWriter() {}

    static ChatResponse write(AgentEvent event) {
        ChatResponse.Builder response = ChatResponse.newBuilder();
        switch (event) {
            case AgentEvent.TextDelta delta ->
                response.setTextDelta(TextDelta.newBuilder().setText(delta.text()));
            case AgentEvent.ReasoningDelta delta ->
                response.setReasoningDelta(ReasoningDelta.newBuilder().setText(delta.text()));
            case AgentEvent.ToolStarted started -> response.setToolStarted(write(started));
            case AgentEvent.ToolFinished finished -> response.setToolFinished(write(finished));
            case AgentEvent.CitationAdded added ->
                response.setCitationAdded(CitationAdded.newBuilder().setCitation(Citations.write(added.citation())));
            case AgentEvent.UsageReported reported -> response.setUsageReported(write(reported.usage()));
        }
        return response.build();
    }

    private static ToolStarted write(AgentEvent.ToolStarted started) {
        return ToolStarted.newBuilder()
                .setCallId(started.callId())
                .setName(started.name())
                .setArgumentsJson(started.arguments().text())
                .build();
    }

    private static ToolFinished write(AgentEvent.ToolFinished finished) {
        return ToolFinished.newBuilder()
                .setCallId(finished.callId())
                .setOk(finished.result().ok())
                .setOutput(finished.result().output())
                .build();
    }

    private static UsageReported write(Usage usage) {
        return UsageReported.newBuilder()
                .setInputTokens(usage.inputTokens())
                .setOutputTokens(usage.outputTokens())
                .build();
    }
}
