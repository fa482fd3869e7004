package dev.daveloper.application.webhooks.out;

import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.webhooks.EventType;
import java.time.Instant;

/** Writes what receivers read. Pure: the same for the same. */
@FunctionalInterface
public interface EventPayloads {
    /**
     * The body of an event, JSON of at most {@link dev.daveloper.domain.webhooks.WebhookEvent#MAX_BODY_CHARS}
     * characters.
     *
     * @param at when it happened, its {@code timestamp}
     */
    String bodyOf(EventType type, Instant at, GatewayEvent event);
}
