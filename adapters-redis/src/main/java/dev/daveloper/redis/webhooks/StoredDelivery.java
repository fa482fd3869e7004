package dev.daveloper.redis.webhooks;

import dev.daveloper.application.webhooks.out.DeliveryQueue.Known;
import dev.daveloper.domain.UnreadableContent;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.EventType;
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

/** A delivery as a hash: its event, where it stands, and a field for each attempt. Only {@link #known} needs a key. */
final class StoredDelivery {
    private final DeliveryId id;
    private final Map<String, byte[]> fields = new HashMap<>();

    private StoredDelivery(DeliveryId id, Map<byte[], byte[]> stored) {
        this.id = id;
        stored.forEach((name, value) -> fields.put(text(name), value));
    }

    /** Empty when there is none. */
    static Optional<StoredDelivery> of(DeliveryId id, Map<byte[], byte[]> stored) {
        StoredDelivery found = new StoredDelivery(id, stored);
        return Optional.of(found)
                .filter(delivery -> delivery.fields.containsKey("event") && delivery.fields.containsKey("endpoint"));
    }

    DeliveryId id() {
        return id;
    }

    EndpointId endpoint() {
        return new EndpointId(required("endpoint"));
    }

    Instant createdAt() {
        return moment("created");
    }

    /** Whether it is over since before this moment, or waits since before it was made. */
    boolean isOld(Instant moment) {
        return switch (state()) {
            case DeliveryState.Waiting waiting -> createdAt().isBefore(moment);
            case DeliveryState.Sending sending -> false;
            case DeliveryState.Delivered delivered -> delivered.at().isBefore(moment);
            case DeliveryState.Dead dead -> dead.at().isBefore(moment);
        };
    }

    /** @throws UnreadableContent when its event cannot be read */
    Known known(SealedEvents events) {
        WebhookEvent event = events.open(eventId(), fields.getOrDefault("event", new byte[0]));
        List<Attempt> attempts = attempts();
        return new Known(delivery(Optional.of(event), attempts), event, attempts);
    }

    /** The same without its event, and without whose session it is about when that cannot be read. */
    Delivery delivery(SealedEvents events) {
        try {
            return known(events).delivery();
        } catch (UnreadableContent e) {
            return delivery(Optional.empty(), attempts());
        }
    }

    private Delivery delivery(Optional<WebhookEvent> event, List<Attempt> attempts) {
        return new Delivery(
                id,
                endpoint(),
                eventId(),
                event.map(WebhookEvent::type).orElseGet(() -> EventType.of(required("type"))),
                event.flatMap(WebhookEvent::session),
                state(),
                Integer.parseInt(required("attempted")),
                createdAt(),
                attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast()));
    }

    private EventId eventId() {
        return new EventId(required("eventId"));
    }

    private List<Attempt> attempts() {
        List<Attempt> attempts = new ArrayList<>();
        fields.forEach((name, value) -> {
            if (name.length() > 1 && name.charAt(0) == 'a' && Character.isDigit(name.charAt(1))) {
                attempts.addAll(AttemptsCodec.decode(value));
            }
        });
        attempts.sort(Comparator.comparingInt(Attempt::number));
        return attempts;
    }

    private DeliveryState state() {
        Instant moment = moment("moment");
        return switch (required("state")) {
            case "waiting" -> new DeliveryState.Waiting(moment);
            case "sending" -> new DeliveryState.Sending(moment);
            case "delivered" -> new DeliveryState.Delivered(moment);
            default -> new DeliveryState.Dead(moment, death());
        };
    }

    private DeliveryState.Death death() {
        String name = required("death");
        for (DeliveryState.Death death : DeliveryState.Death.values()) {
            if (death.wireName().equals(name)) {
                return death;
            }
        }
        return DeliveryState.Death.EXHAUSTED;
    }

    private Instant moment(String name) {
        return EpochNanos.at(Long.parseLong(required(name)));
    }

    private String required(String name) {
        byte[] value = fields.get(name);
        return value == null ? "" : text(value);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
