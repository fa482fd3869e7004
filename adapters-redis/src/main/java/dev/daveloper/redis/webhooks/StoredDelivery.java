package dev.daveloper.redis.webhooks;

import dev.daveloper.application.webhooks.out.DeliveryQueue.Known;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.stored.EpochNanos;
import dev.daveloper.stored.webhooks.AttemptsCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A delivery as a hash: its event, where it stands, and a field for each attempt. */
final class StoredDelivery {
    private StoredDelivery() {}

    /** Empty when there is none. */
    static Optional<Known> read(DeliveryId id, Map<byte[], byte[]> stored, SealedEvents events) {
        Map<String, byte[]> fields = new HashMap<>();
        stored.forEach((name, value) -> fields.put(text(name), value));
        byte[] sealed = fields.get("event");
        byte[] endpoint = fields.get("endpoint");
        if (sealed == null || endpoint == null) {
            return Optional.empty();
        }
        WebhookEvent event = events.open(new EventId(required(fields, "eventId")), sealed);
        List<Attempt> attempts = attempts(fields);
        Delivery delivery = new Delivery(
                id,
                new EndpointId(text(endpoint)),
                event.id(),
                event.type(),
                event.session(),
                state(fields),
                Integer.parseInt(required(fields, "attempted")),
                moment(fields, "created"),
                attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast()));
        return Optional.of(new Known(delivery, event, attempts));
    }

    private static List<Attempt> attempts(Map<String, byte[]> fields) {
        List<Attempt> attempts = new ArrayList<>();
        fields.forEach((name, value) -> {
            if (name.length() > 1 && name.charAt(0) == 'a' && Character.isDigit(name.charAt(1))) {
                attempts.addAll(AttemptsCodec.decode(value));
            }
        });
        attempts.sort(Comparator.comparingInt(Attempt::number));
        return attempts;
    }

    private static DeliveryState state(Map<String, byte[]> fields) {
        Instant moment = moment(fields, "moment");
        return switch (required(fields, "state")) {
            case "waiting" -> new DeliveryState.Waiting(moment);
            case "sending" -> new DeliveryState.Sending(moment);
            case "delivered" -> new DeliveryState.Delivered(moment);
            default -> new DeliveryState.Dead(moment, death(fields));
        };
    }

    private static DeliveryState.Death death(Map<String, byte[]> fields) {
        String name = required(fields, "death");
        for (DeliveryState.Death death : DeliveryState.Death.values()) {
            if (death.wireName().equals(name)) {
                return death;
            }
        }
        return DeliveryState.Death.EXHAUSTED;
    }

    private static Instant moment(Map<String, byte[]> fields, String name) {
        return EpochNanos.at(Long.parseLong(required(fields, name)));
    }

    private static String required(Map<String, byte[]> fields, String name) {
        byte[] value = fields.get(name);
        return value == null ? "" : text(value);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
