package dev.daveloper.grpc.chat;

import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.chat.ToolCall;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.chat.UserMessage;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.grpc.Times;
import dev.daveloper.proto.agent.v1.ChatRequest;
import dev.daveloper.proto.agent.v1.HistoryMessage;
import dev.daveloper.proto.agent.v1.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Reads what a caller asks. Ids that are absent are made up, so that somebody who tries the service by hand needs to
 * send no more than a message. Safe for use by many threads.
 */
final class RequestReader {
    private final Ids ids;

    RequestReader(Ids ids) {
        this.ids = ids;
    }

    /**
     * @throws dev.daveloper.domain.failures.InvalidRequest when the message or the token bound is not one
     * @throws dev.daveloper.domain.failures.InvalidValue when an id has another form
     */
    AgentRequest read(ChatRequest request, Duration budget) {
        requireUsable(request);
        return new AgentRequest(
                run(request),
                request.getMessage(),
                request.getHistoryList().stream().flatMap(this::message).toList(),
                request.getUseTools(),
                maxTokens(request),
                budget);
    }

    /** What the gateway asks of the people who use it holds for other callers as well. */
    private static void requireUsable(ChatRequest request) {
        var usual = dev.daveloper.application.chat.in.ChatRequest.of(request.getMessage());
        var unused = new dev.daveloper.application.chat.in.ChatRequest(
                usual.message(),
                usual.idempotencyKey(),
                usual.useTools(),
                maxTokens(request),
                usual.onBusy(),
                usual.background());
    }

    private static OptionalInt maxTokens(ChatRequest request) {
        return request.getMaxTokens() != 0 ? OptionalInt.of(request.getMaxTokens()) : OptionalInt.empty();
    }

    private Run run(ChatRequest request) {
        String sessionId = request.getSessionId();
        return new Run(
                runId(request.getRunId()),
                sessionId.isEmpty() ? SessionId.next(ids) : new SessionId(sessionId),
                messageId(request.getUserMessageId()),
                messageId(request.getMessageId()),
                Times.read(request.getStartedAt()),
                false);
    }

    private Stream<Message> message(HistoryMessage message) {
        MessageId id = messageId(message.getMessageId());
        RunId runId = runId(message.getRunId());
        Instant at = Times.read(message.getSentAt());
        return switch (message.getRole()) {
            case ROLE_USER -> Stream.of(new UserMessage(id, runId, at, message.getText()));
            case ROLE_ASSISTANT ->
                Stream.of(new AssistantMessage(
                        id,
                        runId,
                        at,
                        message.getText(),
                        outcome(message.getOutcome()),
                        message.getCitationsList().stream()
                                .flatMap(citation -> Citations.read(citation).stream())
                                .toList(),
                        message.getToolCallsList().stream()
                                .flatMap(RequestReader::toolCall)
                                .toList(),
                        Optional.empty(),
                        Optional.empty()));
            case ROLE_UNSPECIFIED, UNRECOGNIZED -> Stream.empty();
        };
    }

    private static Stream<ToolCall> toolCall(dev.daveloper.proto.agent.v1.ToolCall call) {
        Optional<ToolResult> result = call.hasResult()
                ? Optional.of(new ToolResult(
                        call.getResult().getOk(), call.getResult().getOutput()))
                : Optional.empty();
        return JsonText.object(call.getArgumentsJson()).stream()
                .map(arguments -> new ToolCall(call.getCallId(), call.getName(), arguments, result));
    }

    private static RunOutcome outcome(Outcome outcome) {
        return switch (outcome) {
            case OUTCOME_CANCELLED -> RunOutcome.CANCELLED;
            case OUTCOME_INTERRUPTED -> RunOutcome.INTERRUPTED;
            case OUTCOME_LIMITED -> RunOutcome.LIMITED;
            case OUTCOME_FAILED -> RunOutcome.FAILED;
            case OUTCOME_COMPLETED, OUTCOME_UNSPECIFIED, UNRECOGNIZED -> RunOutcome.COMPLETED;
        };
    }

    private RunId runId(String value) {
        return value.isEmpty() ? RunId.next(ids) : new RunId(value);
    }

    private MessageId messageId(String value) {
        return value.isEmpty() ? MessageId.next(ids) : new MessageId(value);
    }
}
