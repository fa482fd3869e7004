package dev.daveloper.stored.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.stored.JsonBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A batch of a run's events as a JSON array. A text delta, which most are, is a bare string; any other is an object
 * whose {@code type} is the protocol's name for it. Each event's seq is the one before it plus one unless {@code seq}
 * says otherwise. Types and fields that are not known are passed over: a later version may have written them.
 */
public final class EventCodec {
    private static final String SEQ = "seq";
    private static final String TEXT = "text";

    private EventCodec() {}

    public static byte[] encode(List<LoggedEvent> batch) {
        return JsonBytes.write(out -> {
            out.writeStartArray();
            long expected = batch.getFirst().cursor().seq();
            for (LoggedEvent logged : batch) {
                long seq = logged.cursor().seq();
                if (seq == expected && logged.event() instanceof AgentEvent.TextDelta delta) {
                    out.writeString(delta.text());
                } else {
                    write(out, logged, expected);
                }
                expected = seq + 1;
            }
            out.writeEndArray();
        });
    }

    public static List<LoggedEvent> decode(byte[] json, long epoch, long firstSeq) {
        JsonNode array = JsonBytes.read(json);
        List<LoggedEvent> batch = new ArrayList<>(array.size());
        long next = firstSeq;
        for (JsonNode element : array) {
            Cursor cursor = new Cursor(epoch, element.path(SEQ).asLong(next));
            event(element).ifPresent(event -> batch.add(new LoggedEvent(cursor, event)));
            next = cursor.seq() + 1;
        }
        return batch;
    }

    private static void write(JsonGenerator out, LoggedEvent logged, long expectedSeq) throws IOException {
        out.writeStartObject();
        if (logged.cursor().seq() != expectedSeq) {
            out.writeNumberField(SEQ, logged.cursor().seq());
        }
        switch (logged.event()) {
            case RunEvent.Started started -> {
                type(out, "run.started");
                out.writeStringField("sessionId", started.sessionId().value());
                out.writeStringField("messageId", started.messageId().value());
                out.writeStringField("userMessageId", started.userMessageId().value());
            }
            case RunEvent.Finished finished -> {
                type(out, "run.finished");
                out.writeFieldName("message");
                MessageCodec.write(out, finished.message());
            }
            case AgentEvent event -> write(out, event);
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, AgentEvent event) throws IOException {
        switch (event) {
            case AgentEvent.TextDelta delta -> {
                type(out, "text.delta");
                out.writeStringField(TEXT, delta.text());
            }
            case AgentEvent.ReasoningDelta delta -> {
                type(out, "reasoning.delta");
                out.writeStringField(TEXT, delta.text());
            }
            case AgentEvent.ToolStarted started -> {
                type(out, "tool.started");
                out.writeStringField("callId", started.callId());
                out.writeStringField("name", started.name());
                out.writeStringField("arguments", started.arguments().text());
            }
            case AgentEvent.ToolFinished finished -> {
                type(out, "tool.finished");
                out.writeStringField("callId", finished.callId());
                out.writeFieldName("result");
                MessageCodec.writeResult(out, finished.result());
            }
            case AgentEvent.CitationAdded added -> {
                type(out, "citation.added");
                out.writeFieldName("citation");
                MessageCodec.writeCitation(out, added.citation());
            }
            case AgentEvent.UsageReported reported -> {
                type(out, "usage.reported");
                out.writeFieldName("usage");
                MessageCodec.writeUsage(out, reported.usage());
            }
        }
    }

    private static void type(JsonGenerator out, String type) throws IOException {
        out.writeStringField("type", type);
    }

    private static Optional<RunEvent> event(JsonNode json) {
        if (json.isTextual()) {
            return Optional.of(new AgentEvent.TextDelta(json.textValue()));
        }
        return Optional.ofNullable(
                switch (json.path("type").asText()) {
                    case "run.started" ->
                        new RunEvent.Started(
                                new SessionId(text(json, "sessionId")),
                                new MessageId(text(json, "messageId")),
                                new MessageId(text(json, "userMessageId")));
                    case "run.finished" ->
                        new RunEvent.Finished((AssistantMessage) MessageCodec.read(json.required("message")));
                    case "text.delta" -> new AgentEvent.TextDelta(text(json, TEXT));
                    case "reasoning.delta" -> new AgentEvent.ReasoningDelta(text(json, TEXT));
                    case "tool.started" ->
                        new AgentEvent.ToolStarted(
                                text(json, "callId"), text(json, "name"), new Json(text(json, "arguments")));
                    case "tool.finished" ->
                        new AgentEvent.ToolFinished(text(json, "callId"), MessageCodec.result(json.required("result")));
                    case "citation.added" ->
                        new AgentEvent.CitationAdded(MessageCodec.citation(json.required("citation")));
                    case "usage.reported" -> new AgentEvent.UsageReported(MessageCodec.usage(json.required("usage")));
                    default -> null;
                });
    }

    private static String text(JsonNode json, String field) {
        return json.required(field).textValue();
    }
}
