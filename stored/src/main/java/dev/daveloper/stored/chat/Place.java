package dev.daveloper.stored.chat;

import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EventId;
import java.nio.charset.StandardCharsets;

/**
 * Where a content lies.
 *
 * @param shown for the operator
 * @param bound into what is sealed there, so that it opens in no other row and for nobody else. What is stored depends
 *     on it: it must never be made in another way
 */
public record Place(String shown, String bound) {
    public static Place of(SessionId session, MessageId message) {
        return new Place("message " + message.value(), "messages/" + session.value() + "/" + message.value());
    }

    public static Place of(RunId run, long epoch, long firstSeq) {
        return new Place("log of " + run.value(), "run_log/" + run.value() + "/" + epoch + "/" + firstSeq);
    }

    public static Place of(SessionId session, String idempotencyKey) {
        return new Place("idempotency key of a message", "idempotency_keys/" + session.value() + "/" + idempotencyKey);
    }

    public static Place of(EndpointId endpoint) {
        return new Place("webhook " + endpoint.value(), "webhook_endpoints/" + endpoint.value());
    }

    public static Place of(EventId event) {
        return new Place("event " + event.value(), "webhook_events/" + event.value());
    }

    /** Of the attempts at a delivery. */
    public static Place of(DeliveryId delivery) {
        return new Place("attempts at " + delivery.value(), "webhook_deliveries/" + delivery.value());
    }

    public static Place ofLastFailure(EndpointId endpoint) {
        return new Place("last failure of webhook " + endpoint.value(), "webhook_standings/" + endpoint.value());
    }

    public static Place ofVerifier(String keyName) {
        return new Place("encryption key '" + keyName + "'", "content_keys/" + keyName);
    }

    public byte[] context() {
        return bound.getBytes(StandardCharsets.UTF_8);
    }
}
