package dev.daveloper.application.webhooks.out;

import dev.daveloper.application.webhooks.out.DeliveryQueue.Next;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.EventType;

/** Hears how deliveries go, on the thread on which they do: returns at once and never throws. */
public interface DeliveryListener {
    /** Hears nothing. */
    DeliveryListener NONE = new Silent();

    /**
     * An event was handed to its endpoints' queues.
     *
     * @param endpoints how many
     */
    void distributed(EventType type, int endpoints);

    /** An attempt was made, and this comes of it. */
    void attempted(EventType type, Attempt attempt, Next next);

    /** See {@link #NONE}. */
    final class Silent implements DeliveryListener {
        private Silent() {}

        @Override
        public void distributed(EventType type, int endpoints) {}

        @Override
        public void attempted(EventType type, Attempt attempt, Next next) {}
    }
}
