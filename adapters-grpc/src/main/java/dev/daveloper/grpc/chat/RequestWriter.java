package dev.daveloper.grpc.chat;

import com.google.protobuf.CodedOutputStream;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.chat.UserMessage;
import dev.daveloper.grpc.Times;
import dev.daveloper.proto.agent.v1.ChatRequest;
import dev.daveloper.proto.agent.v1.HistoryMessage;
import dev.daveloper.proto.agent.v1.Outcome;
import dev.daveloper.proto.agent.v1.Role;
import dev.daveloper.proto.agent.v1.ToolCall;
import dev.daveloper.proto.agent.v1.ToolResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What an agent is asked, as it goes over the wire. */
final class RequestWriter {
    /** What a gRPC server takes by default, 4 MiB; also written in the contract. */
    static final int MAX_REQUEST_BYTES = 4 << 20;

    private RequestWriter() {}

    /** The request, without the oldest of its history where it would exceed {@link #MAX_REQUEST_BYTES}. */
    static ChatRequest write(AgentRequest request) {
        ChatRequest.Builder written = ChatRequest.newBuilder()
                .setSessionId(request.run().sessionId().value())
                .setRunId(request.run().id().value())
                .setUserMessageId(request.run().userMessageId().value())
                .setMessageId(request.run().messageId().value())
                .setMessage(request.message())
                .setUseTools(request.useTools())
                .setStartedAt(Times.write(request.run().startedAt()));
        request.maxTokens().ifPresent(written::setMaxTokens);
        int room = MAX_REQUEST_BYTES - written.buildPartial().getSerializedSize();
        return written.addAllHistory(newest(request.history(), room)).build();
    }

    private static Deque<HistoryMessage> newest(List<Message> history, int room) {
        Deque<HistoryMessage> kept = new ArrayDeque<>();
        int left = room;
        for (Message message : history.reversed()) {
            HistoryMessage written = write(message);
            left -= CodedOutputStream.computeMessageSize(ChatRequest.HISTORY_FIELD_NUMBER, written);
            if (left < 0) {
                break;
            }
            kept.addFirst(written);
        }
        return kept;
    }

    private static HistoryMessage write(Message message) {
        HistoryMessage.Builder written = HistoryMessage.newBuilder()
                .setMessageId(message.id().value())
                .setRunId(message.runId().value())
                .setText(message.text())
                .setSentAt(Times.write(message.at()));
        switch (message) {
            case UserMessage user -> written.setRole(Role.ROLE_USER);
            case AssistantMessage answer -> {
                written.setRole(Role.ROLE_ASSISTANT).setOutcome(write(answer.outcome()));
                answer.citations().forEach(citation -> written.addCitations(Citations.write(citation)));
                answer.toolCalls().forEach(call -> written.addToolCalls(write(call)));
            }
        }
        return written.build();
    }

    private static ToolCall write(dev.daveloper.domain.chat.ToolCall call) {
        ToolCall.Builder written = ToolCall.newBuilder()
                .setCallId(call.callId())
                .setName(call.name())
                .setArgumentsJson(call.arguments().text());
        call.result()
                .ifPresent(result -> written.setResult(
                        ToolResult.newBuilder().setOk(result.ok()).setOutput(result.output())));
        return written.build();
    }

    private static Outcome write(RunOutcome outcome) {
        return switch (outcome) {
            case COMPLETED -> Outcome.OUTCOME_COMPLETED;
            case CANCELLED -> Outcome.OUTCOME_CANCELLED;
            case INTERRUPTED -> Outcome.OUTCOME_INTERRUPTED;
            case LIMITED -> Outcome.OUTCOME_LIMITED;
            case FAILED -> Outcome.OUTCOME_FAILED;
        };
    }
}
