package dev.daveloper.stored.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Citation;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.chat.ToolCall;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.chat.Usage;
import dev.daveloper.domain.chat.UserMessage;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.stored.JsonBytes;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A message as a JSON object. What is empty is left out; fields that are not known are passed over. */
public final class MessageCodec {
    private static final String USER = "user";
    private static final String ASSISTANT = "assistant";

    private MessageCodec() {}

    public static byte[] encode(Message message) {
        return JsonBytes.write(out -> write(out, message));
    }

    public static Message decode(byte[] json) {
        return read(JsonBytes.read(json));
    }

    static void write(JsonGenerator out, Message message) throws IOException {
        out.writeStartObject();
        out.writeStringField("role", message instanceof UserMessage ? USER : ASSISTANT);
        out.writeStringField("id", message.id().value());
        out.writeStringField("runId", message.runId().value());
        out.writeStringField("at", message.at().toString());
        out.writeStringField("text", message.text());
        if (message instanceof AssistantMessage answer) {
            writeRest(out, answer);
        }
        out.writeEndObject();
    }

    static Message read(JsonNode json) {
        MessageId id = new MessageId(json.required("id").textValue());
        RunId runId = new RunId(json.required("runId").textValue());
        Instant at = Instant.parse(json.required("at").textValue());
        String text = json.required("text").textValue();
        if (json.required("role").textValue().equals(USER)) {
            return new UserMessage(id, runId, at, text);
        }
        return new AssistantMessage(
                id,
                runId,
                at,
                text,
                RunOutcome.of(json.required("outcome").textValue()),
                citations(json.path("citations")),
                toolCalls(json.path("toolCalls")),
                JsonBytes.optional(json, "usage").map(MessageCodec::usage),
                JsonBytes.optional(json, "error").map(MessageCodec::failure),
                json.path("cached").booleanValue());
    }

    static void writeCitation(JsonGenerator out, Citation citation) throws IOException {
        out.writeStartObject();
        out.writeNumberField("index", citation.index());
        switch (citation.source()) {
            case Citation.DocumentSource document -> out.writeStringField("documentId", document.documentId());
            case Citation.UrlSource page -> out.writeStringField("url", page.url());
        }
        out.writeStringField("title", citation.title());
        out.writeStringField("quote", citation.quote());
        if (citation.position().isPresent()) {
            Citation.Position position = citation.position().get();
            out.writeNumberField("start", position.start());
            out.writeNumberField("end", position.end());
            if (position.page().isPresent()) {
                out.writeNumberField("page", position.page().getAsInt());
            }
        }
        out.writeEndObject();
    }

    static Citation citation(JsonNode json) {
        return new Citation(
                json.required("index").intValue(),
                json.has("url")
                        ? new Citation.UrlSource(json.required("url").textValue())
                        : new Citation.DocumentSource(
                                json.required("documentId").textValue()),
                json.required("title").textValue(),
                json.required("quote").textValue(),
                JsonBytes.optional(json, "start").map(start -> position(json)));
    }

    static void writeUsage(JsonGenerator out, Usage usage) throws IOException {
        out.writeStartObject();
        out.writeNumberField("inputTokens", usage.inputTokens());
        out.writeNumberField("outputTokens", usage.outputTokens());
        out.writeEndObject();
    }

    static Usage usage(JsonNode json) {
        return new Usage(
                json.required("inputTokens").longValue(),
                json.required("outputTokens").longValue());
    }

    static void writeResult(JsonGenerator out, ToolResult result) throws IOException {
        out.writeStartObject();
        out.writeBooleanField("ok", result.ok());
        out.writeStringField("output", result.output());
        out.writeEndObject();
    }

    static ToolResult result(JsonNode json) {
        return new ToolResult(
                json.required("ok").booleanValue(), json.required("output").textValue());
    }

    private static void writeRest(JsonGenerator out, AssistantMessage answer) throws IOException {
        out.writeStringField("outcome", answer.outcome().wireName());
        if (!answer.citations().isEmpty()) {
            out.writeArrayFieldStart("citations");
            for (Citation citation : answer.citations()) {
                writeCitation(out, citation);
            }
            out.writeEndArray();
        }
        if (!answer.toolCalls().isEmpty()) {
            out.writeArrayFieldStart("toolCalls");
            for (ToolCall call : answer.toolCalls()) {
                writeToolCall(out, call);
            }
            out.writeEndArray();
        }
        if (answer.usage().isPresent()) {
            out.writeFieldName("usage");
            writeUsage(out, answer.usage().get());
        }
        if (answer.error().isPresent()) {
            out.writeObjectFieldStart("error");
            out.writeStringField("code", answer.error().get().code().wireName());
            out.writeStringField("detail", answer.error().get().detail());
            out.writeEndObject();
        }
        if (answer.cached()) {
            out.writeBooleanField("cached", true);
        }
    }

    private static void writeToolCall(JsonGenerator out, ToolCall call) throws IOException {
        out.writeStartObject();
        out.writeStringField("callId", call.callId());
        out.writeStringField("name", call.name());
        out.writeStringField("arguments", call.arguments().text());
        if (call.result().isPresent()) {
            out.writeFieldName("result");
            writeResult(out, call.result().get());
        }
        out.writeEndObject();
    }

    private static List<Citation> citations(JsonNode json) {
        List<Citation> citations = new ArrayList<>(json.size());
        json.forEach(citation -> citations.add(citation(citation)));
        return citations;
    }

    private static List<ToolCall> toolCalls(JsonNode json) {
        List<ToolCall> calls = new ArrayList<>(json.size());
        json.forEach(call -> calls.add(new ToolCall(
                call.required("callId").textValue(),
                call.required("name").textValue(),
                new Json(call.required("arguments").textValue()),
                JsonBytes.optional(call, "result").map(MessageCodec::result))));
        return calls;
    }

    private static Citation.Position position(JsonNode json) {
        Optional<Integer> page = JsonBytes.optional(json, "page").map(JsonNode::intValue);
        return new Citation.Position(
                json.required("start").intValue(),
                json.required("end").intValue(),
                page.isPresent() ? OptionalInt.of(page.get()) : OptionalInt.empty());
    }

    private static Failure failure(JsonNode json) {
        return new Failure(
                FailureCode.of(json.required("code").textValue()),
                json.required("detail").textValue());
    }
}
