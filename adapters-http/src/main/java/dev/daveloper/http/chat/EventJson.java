package dev.daveloper.http.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.FollowStep;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.http.chat.MessageView.CitationView;
import dev.daveloper.http.chat.MessageView.UsageView;
import dev.daveloper.http.failures.Problem;
import dev.daveloper.http.requests.JsonCodec;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run's events, once for server-sent events and WebSocket alike. Deltas, which are nearly all there is, are
 * written by hand, for less than a mapper takes. Safe for use by many threads.
 */
final class EventJson {
    private static final int ENVELOPE_CHARS = 160;
    private static final String HEX = "0123456789abcdef";
    private static final String TEXT_DELTA = "text.delta";
    private static final String REASONING_DELTA = "reasoning.delta";
    static final String NOTICE = "notice";

    private final JsonCodec json;

    EventJson(JsonCodec json) {
        this.json = json;
    }

    /** One JSON object on one line. */
    String text(RunId run, LoggedEvent logged) {
        StringBuilder out = new StringBuilder(ENVELOPE_CHARS + lengthHint(logged.event()));
        append(out, run, logged, typeOf(logged.event()));
        return out.toString();
    }

    /** One server-sent event, with the blank line that ends it. */
    byte[] serverSentEvent(RunId run, LoggedEvent logged) {
        String type = typeOf(logged.event());
        StringBuilder out = new StringBuilder(ENVELOPE_CHARS + lengthHint(logged.event()));
        out.append("event: ").append(type).append("\nid: ");
        appendCursor(out, logged);
        out.append("\ndata: ");
        append(out, run, logged, type);
        out.append("\n\n");
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** One JSON object on one line, without a cursor. */
    String text(RunId run, FollowStep.Notice notice) {
        return json.text(new NoticeView(NOTICE, run.value(), notice.wireName(), notice.text()));
    }

    /** One server-sent event without an id: what the viewer has seen last stays the place that it resumes from. */
    byte[] serverSentEvent(RunId run, FollowStep.Notice notice) {
        return ("event: " + NOTICE + "\ndata: " + text(run, notice) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private void append(StringBuilder out, RunId run, LoggedEvent logged, String type) {
        switch (logged.event()) {
            case AgentEvent.TextDelta delta -> appendDelta(out, run, logged, type, delta.text());
            case AgentEvent.ReasoningDelta delta -> appendDelta(out, run, logged, type, delta.text());
            default -> {
                Envelope envelope =
                        new Envelope(type, run.value(), logged.cursor().toString(), detailsOf(logged.event()));
                out.append(json.text(envelope));
            }
        }
    }

    private static void appendDelta(StringBuilder out, RunId run, LoggedEvent logged, String type, String text) {
        out.append("{\"type\":\"").append(type);
        out.append("\",\"runId\":\"").append(run.value());
        out.append("\",\"cursor\":\"");
        appendCursor(out, logged);
        out.append("\",\"text\":\"");
        appendEscaped(out, text);
        out.append("\"}");
    }

    private static void appendCursor(StringBuilder out, LoggedEvent logged) {
        out.append(logged.cursor().epoch()).append('-').append(logged.cursor().seq());
    }

    /** The text as the inside of a JSON string (RFC 8259, section 7); half of a surrogate pair is an escape. */
    static void appendEscaped(StringBuilder out, String text) {
        int clean = endOfClean(text);
        if (clean == text.length()) {
            out.append(text);
            return;
        }
        out.append(text, 0, clean);
        for (int i = clean; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                out.append(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else {
                appendEscape(out, c);
            }
        }
    }

    private static int endOfClean(String text) {
        int end = 0;
        while (end < text.length() && isPlain(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c);
    }

    private static void appendEscape(StringBuilder out, char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                // Half of a surrogate pair among them: whoever joins the deltas has the whole character again.
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX.charAt(c >> shift & 15));
                }
            }
        }
    }

    private static int lengthHint(RunEvent event) {
        return event instanceof AgentEvent.TextDelta delta ? delta.text().length() : 0;
    }

    static String typeOf(RunEvent event) {
        return switch (event) {
            case RunEvent.Started started -> "run.started";
            case AgentEvent.TextDelta delta -> TEXT_DELTA;
            case AgentEvent.ReasoningDelta delta -> REASONING_DELTA;
            case AgentEvent.ToolStarted started -> "tool.started";
            case AgentEvent.ToolFinished finished -> "tool.finished";
            case AgentEvent.CitationAdded added -> "citation.added";
            case AgentEvent.UsageReported reported -> "usage.reported";
            case RunEvent.Finished finished -> "run.finished";
        };
    }

    private static Object detailsOf(RunEvent event) {
        return switch (event) {
            case RunEvent.Started started ->
                new StartedView(
                        started.sessionId().value(),
                        started.messageId().value(),
                        started.userMessageId().value());
            case AgentEvent.ToolStarted started ->
                new ToolStartedView(started.callId(), started.name(), MessageView.onOneLine(started.arguments()));
            case AgentEvent.ToolFinished finished ->
                new ToolFinishedView(
                        finished.callId(),
                        finished.result().ok(),
                        finished.result().output());
            case AgentEvent.CitationAdded added -> CitationView.of(added.citation());
            case AgentEvent.UsageReported reported -> UsageView.of(reported.usage());
            case RunEvent.Finished finished -> FinishedView.of(finished.message());
            case AgentEvent.TextDelta delta -> throw new IllegalArgumentException("deltas have no details");
            case AgentEvent.ReasoningDelta delta -> throw new IllegalArgumentException("deltas have no details");
        };
    }

    @JsonPropertyOrder({"type", "runId", "cursor"})
    private record Envelope(
            @JsonProperty String type,
            @JsonProperty String runId,
            @JsonProperty String cursor,
            @JsonProperty @JsonUnwrapped Object details) {}

    private record NoticeView(String type, String runId, String code, String text) {}

    private record StartedView(String sessionId, String messageId, String userMessageId) {}

    private record ToolStartedView(
            String callId, String name, @JsonRawValue String arguments) {}

    private record ToolFinishedView(String callId, boolean ok, String output) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record FinishedView(
            String outcome,
            MessageView message,
            @Nullable UsageView usage,
            @Nullable Problem error) {
        static FinishedView of(AssistantMessage answer) {
            MessageView message = MessageView.of(answer);
            return new FinishedView(answer.outcome().wireName(), message, message.usage(), message.error());
        }
    }
}
