package dev.daveloper.redis.webhooks;

import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.UnreadableContent;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.stored.chat.Place;
import dev.daveloper.stored.webhooks.EventCodec;

/** Events on their way in and out, sealed where keys are configured and bound to their id. */
record SealedEvents(ContentKeys keys) {
    byte[] seal(WebhookEvent event) {
        return keys.seal(EventCodec.encode(event), Place.of(event.id()).context());
    }

    /** @throws UnreadableContent whatever it is that is wrong with it */
    WebhookEvent open(EventId id, byte[] stored) {
        Place place = Place.of(id);
        byte[] plain;
        try {
            plain = keys.open(stored, place.context());
        } catch (UnreadableContent e) {
            throw new UnreadableContent("in Redis, " + place.shown() + " cannot be read: " + e.getMessage(), e);
        }
        try {
            return EventCodec.decode(plain);
        } catch (RuntimeException e) {
            // Its message may show what it says.
            throw new UnreadableContent("in Redis, " + place.shown() + " cannot be read: it is no event", e);
        }
    }
}
