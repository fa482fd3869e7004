package dev.daveloper.stored.webhooks;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.CustomHeaders;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EndpointUrl;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.Signing;
import dev.daveloper.domain.webhooks.SigningSecret;
import dev.daveloper.domain.webhooks.Standing;
import dev.daveloper.domain.webhooks.Subscription;
import dev.daveloper.stored.EpochNanos;
import dev.daveloper.stored.JsonBytes;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** An endpoint as JSON, with its secrets: to be sealed before it is stored. */
public final class EndpointCodec {
    private EndpointCodec() {}

    public static byte[] encode(Endpoint endpoint) {
        return JsonBytes.write(out -> {
            out.writeStartObject();
            out.writeStringField("id", endpoint.id().value());
            out.writeStringField("url", endpoint.url().toString());
            out.writeStringField("description", endpoint.description());
            out.writeArrayFieldStart("types");
            for (EventType type : endpoint.subscription().types()) {
                out.writeString(type.wireName());
            }
            out.writeEndArray();
            if (endpoint.subscription().session().isPresent()) {
                out.writeStringField(
                        "session", endpoint.subscription().session().get().value());
            }
            out.writeObjectFieldStart("headers");
            for (Map.Entry<String, String> header : endpoint.headers().byName().entrySet()) {
                out.writeStringField(header.getKey(), header.getValue());
            }
            out.writeEndObject();
            if (endpoint.perSecond().isPresent()) {
                out.writeNumberField("perSecond", endpoint.perSecond().getAsInt());
            }
            write(out, endpoint.signing());
            if (endpoint.standing() instanceof Standing.Disabled disabled) {
                out.writeStringField("disabled", disabled.reason().wireName());
                out.writeNumberField("disabledAt", EpochNanos.of(disabled.at()));
            }
            out.writeNumberField("createdAt", EpochNanos.of(endpoint.createdAt()));
            out.writeNumberField("changedAt", EpochNanos.of(endpoint.changedAt()));
            out.writeNumberField("version", endpoint.version());
            out.writeEndObject();
        });
    }

    private static void write(JsonGenerator out, Signing signing) throws IOException {
        out.writeStringField("secret", signing.current().reveal());
        if (signing.previous().isPresent()) {
            out.writeStringField("previous", signing.previous().get().reveal());
            out.writeNumberField("previousUntil", EpochNanos.of(signing.previousUntil()));
        }
    }

    public static Endpoint decode(byte[] stored) {
        JsonNode json = JsonBytes.read(stored);
        return new Endpoint(
                new EndpointId(json.get("id").textValue()),
                new EndpointUrl(URI.create(json.get("url").textValue())),
                json.get("description").textValue(),
                subscription(json),
                headers(json.get("headers")),
                JsonBytes.optional(json, "perSecond")
                        .map(value -> OptionalInt.of(value.intValue()))
                        .orElse(OptionalInt.empty()),
                signing(json),
                standing(json),
                EpochNanos.at(json.get("createdAt").longValue()),
                EpochNanos.at(json.get("changedAt").longValue()),
                json.get("version").longValue());
    }

    /** A type that this version does not know any more is left out. */
    private static Subscription subscription(JsonNode json) {
        Set<EventType> types = new HashSet<>();
        json.get("types").forEach(type -> EventType.find(type.textValue()).ifPresent(types::add));
        return new Subscription(
                types, JsonBytes.optional(json, "session").map(session -> new SessionId(session.textValue())));
    }

    private static CustomHeaders headers(JsonNode json) {
        Map<String, String> headers = new TreeMap<>();
        json.properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().textValue()));
        return new CustomHeaders(headers);
    }

    private static Signing signing(JsonNode json) {
        SigningSecret current = SigningSecret.of(json.get("secret").textValue());
        Optional<JsonNode> previous = JsonBytes.optional(json, "previous");
        return previous.isEmpty()
                ? Signing.with(current)
                : new Signing(
                        current,
                        Optional.of(SigningSecret.of(previous.get().textValue())),
                        EpochNanos.at(json.get("previousUntil").longValue()));
    }

    private static Standing standing(JsonNode json) {
        Optional<JsonNode> disabled = JsonBytes.optional(json, "disabled");
        if (disabled.isEmpty()) {
            return Standing.ENABLED;
        }
        for (Standing.Reason reason : Standing.Reason.values()) {
            if (reason.wireName().equals(disabled.get().textValue())) {
                return new Standing.Disabled(
                        reason, EpochNanos.at(json.get("disabledAt").longValue()));
            }
        }
        throw new IllegalArgumentException("unknown reason of a disabled endpoint");
    }
}
