package dev.daveloper.stored.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.tracing.TraceContext;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.stored.EpochNanos;
import dev.daveloper.stored.JsonBytes;

/** What receivers are told, as JSON with its body as a text in it. */
public final class EventCodec {
    private EventCodec() {}

    public static byte[] encode(WebhookEvent event) {
        return JsonBytes.write(out -> {
            out.writeStartObject();
            out.writeStringField("id", event.id().value());
            out.writeStringField("type", event.type().wireName());
            if (event.session().isPresent()) {
                out.writeStringField("session", event.session().get().value());
            }
            out.writeNumberField("at", EpochNanos.of(event.at()));
            if (event.trace().isPresent()) {
                out.writeStringField("parent", event.trace().get().traceparent());
                out.writeStringField("state", event.trace().get().state());
            }
            out.writeStringField("body", event.body());
            out.writeEndObject();
        });
    }

    public static WebhookEvent decode(byte[] stored) {
        JsonNode json = JsonBytes.read(stored);
        return new WebhookEvent(
                new EventId(json.get("id").textValue()),
                EventType.of(json.get("type").textValue()),
                JsonBytes.optional(json, "session").map(session -> new SessionId(session.textValue())),
                EpochNanos.at(json.get("at").longValue()),
                json.get("body").textValue(),
                JsonBytes.optional(json, "parent")
                        .flatMap(parent -> TraceContext.parse(
                                parent.textValue(), json.get("state").textValue())));
    }
}
