package dev.daveloper.http.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.Usage;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.Failure;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * An answer that has ended.
 *
 * @param chars of its text
 * @param text its beginning; null unless the installation wants it sent
 * @param textTruncated whether there is more
 */
@JsonPropertyOrder({
    "sessionId",
    "runId",
    "messageId",
    "userMessageId",
    "outcome",
    "startedAt",
    "endedAt",
    "durationMs",
    "chars",
    "citations",
    "toolCalls",
    "cached",
    "usage",
    "error",
    "text",
    "textTruncated"
})
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunData(
        String sessionId,
        String runId,
        String messageId,
        String userMessageId,
        String outcome,
        String startedAt,
        String endedAt,
        long durationMs,
        int chars,
        int citations,
        int toolCalls,
        boolean cached,
        @Nullable UsageData usage,
        @Nullable ErrorData error,
        @Nullable String text,
        @Nullable Boolean textTruncated) {
    /** Of the text; as escapes it takes no more than a body has room for. */
    static final int MAX_TEXT_CHARS = 8_000;

    /** What escaping may make of it. */
    private static final int MAX_ESCAPED_CHARS = 16_000;

    private static final int MAX_DETAIL_CHARS = 500;

    static RunData of(GatewayEvent.RunEnded ended, boolean withText) {
        Run run = ended.run();
        AssistantMessage answer = ended.message();
        @Nullable String text = withText ? beginning(answer.text()) : null;
        return new RunData(
                run.sessionId().value(),
                run.id().value(),
                run.messageId().value(),
                run.userMessageId().value(),
                answer.outcome().wireName(),
                run.startedAt().truncatedTo(ChronoUnit.MILLIS).toString(),
                answer.at().truncatedTo(ChronoUnit.MILLIS).toString(),
                Duration.between(run.startedAt(), answer.at()).toMillis(),
                answer.text().length(),
                answer.citations().size(),
                answer.toolCalls().size(),
                answer.cached(),
                answer.usage().map(UsageData::of).orElse(null),
                answer.error().map(ErrorData::of).orElse(null),
                text,
                text == null ? null : text.length() < answer.text().length());
    }

    /** Cut between characters; half of one, which an agent may say, is shown as what it is not. */
    private static String beginning(String text) {
        int end = Math.min(text.length(), MAX_TEXT_CHARS);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        int escaped = 0;
        StringBuilder whole = new StringBuilder(end);
        for (int i = 0; i < end; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            escaped += c < ' ' ? 6 : c == '"' || c == '\\' ? 2 : Character.charCount(c);
            if (escaped > MAX_ESCAPED_CHARS) {
                break;
            }
            whole.appendCodePoint(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\uFFFD' : c);
        }
        return whole.toString();
    }

    record UsageData(long inputTokens, long outputTokens) {
        static UsageData of(Usage usage) {
            return new UsageData(usage.inputTokens(), usage.outputTokens());
        }
    }

    record ErrorData(String code, String message) {
        static ErrorData of(Failure failure) {
            String detail = failure.detail();
            return new ErrorData(
                    failure.code().wireName(), detail.substring(0, Math.min(detail.length(), MAX_DETAIL_CHARS)));
        }
    }
}
