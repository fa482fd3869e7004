package dev.daveloper.http.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Citation;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.ToolCall;
import dev.daveloper.domain.chat.Usage;
import dev.daveloper.domain.chat.UserMessage;
import dev.daveloper.http.failures.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message as clients see it, the same in history, in an answer and in {@code run.finished}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"id", "role", "text", "at", "runId", "outcome", "citations", "toolCalls", "usage", "error", "cached"
})
public record MessageView(
        String id,
        String role,
        String text,
        String at,
        String runId,
        @Nullable String outcome,
        List<CitationView> citations,
        List<ToolCallView> toolCalls,
        @Nullable UsageView usage,
        @Nullable Problem error,
        @Nullable Boolean cached) {

    public static MessageView of(Message message) {
        return switch (message) {
            case UserMessage user ->
                new MessageView(
                        user.id().value(),
                        "user",
                        user.text(),
                        user.at().toString(),
                        user.runId().value(),
                        null,
                        List.of(),
                        List.of(),
                        null,
                        null,
                        null);
            case AssistantMessage answer -> of(answer);
        };
    }

    public static MessageView of(AssistantMessage answer) {
        return new MessageView(
                answer.id().value(),
                "assistant",
                answer.text(),
                answer.at().toString(),
                answer.runId().value(),
                answer.outcome().wireName(),
                answer.citations().stream().map(CitationView::of).toList(),
                answer.toolCalls().stream().map(ToolCallView::of).toList(),
                answer.usage().map(UsageView::of).orElse(null),
                answer.error().map(Problem::of).orElse(null),
                answer.cached() ? true : null);
    }

    public record UsageView(long inputTokens, long outputTokens) {
        public static UsageView of(Usage usage) {
            return new UsageView(usage.inputTokens(), usage.outputTokens());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ToolCallView(
            String callId,
            String name,
            @JsonRawValue String arguments,
            @Nullable Boolean ok,
            @Nullable String output) {
        static ToolCallView of(ToolCall call) {
            return new ToolCallView(
                    call.callId(),
                    call.name(),
                    onOneLine(call.arguments()),
                    call.result().map(result -> result.ok()).orElse(null),
                    call.result().map(result -> result.output()).orElse(null));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CitationView(
            int index,
            @Nullable String documentId,
            @Nullable String url,
            String title,
            String quote,
            @Nullable PositionView position) {
        public static CitationView of(Citation citation) {
            PositionView position = citation.position().map(PositionView::of).orElse(null);
            return switch (citation.source()) {
                case Citation.DocumentSource document ->
                    new CitationView(
                            citation.index(),
                            document.documentId(),
                            null,
                            citation.title(),
                            citation.quote(),
                            position);
                case Citation.UrlSource page ->
                    new CitationView(citation.index(), null, page.url(), citation.title(), citation.quote(), position);
            };
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PositionView(int start, int end, @Nullable Integer page) {
        static PositionView of(Citation.Position position) {
            Integer page = position.page().isPresent() ? position.page().getAsInt() : null;
            return new PositionView(position.start(), position.end(), page);
        }
    }

    /**
     * A JSON text as one line, which is all that an event may have: line breaks in well-formed JSON are white space
     * between tokens.
     */
    static String onOneLine(Json json) {
        return json.text().replace('\n', ' ').replace('\r', ' ');
    }
}
