package dev.daveloper.stored.webhooks;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Trouble;
import dev.daveloper.stored.EpochNanos;
import dev.daveloper.stored.JsonBytes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Attempts as JSON, oldest first. */
public final class AttemptsCodec {
    private AttemptsCodec() {}

    public static byte[] encode(List<Attempt> attempts) {
        return JsonBytes.write(out -> {
            out.writeStartArray();
            for (Attempt attempt : attempts) {
                write(out, attempt);
            }
            out.writeEndArray();
        });
    }

    private static void write(JsonGenerator out, Attempt attempt) throws IOException {
        out.writeStartObject();
        out.writeNumberField("number", attempt.number());
        out.writeNumberField("at", EpochNanos.of(attempt.at()));
        out.writeNumberField("took", attempt.took().toNanos());
        if (attempt.status().isPresent()) {
            out.writeNumberField("status", attempt.status().getAsInt());
        }
        out.writeStringField("trouble", attempt.trouble().wireName());
        if (!attempt.head().isEmpty()) {
            out.writeStringField("head", attempt.head());
        }
        if (attempt.retryAfter().isPresent()) {
            out.writeNumberField("retryAfter", attempt.retryAfter().get().toNanos());
        }
        out.writeEndObject();
    }

    public static List<Attempt> decode(byte[] stored) {
        List<Attempt> attempts = new ArrayList<>();
        JsonBytes.read(stored).forEach(attempt -> attempts.add(read(attempt)));
        return attempts;
    }

    private static Attempt read(JsonNode json) {
        return new Attempt(
                json.get("number").intValue(),
                EpochNanos.at(json.get("at").longValue()),
                Duration.ofNanos(json.get("took").longValue()),
                JsonBytes.optional(json, "status")
                        .map(status -> OptionalInt.of(status.intValue()))
                        .orElse(OptionalInt.empty()),
                trouble(json.get("trouble").textValue()),
                JsonBytes.optional(json, "head").map(JsonNode::textValue).orElse(""),
                JsonBytes.optional(json, "retryAfter").map(nanos -> Duration.ofNanos(nanos.longValue())));
    }

    /** One that this version does not know is that of an answer that was no HTTP. */
    private static Trouble trouble(String wireName) {
        for (Trouble trouble : Trouble.values()) {
            if (trouble.wireName().equals(wireName)) {
                return trouble;
            }
        }
        return Trouble.PROTOCOL;
    }
}
