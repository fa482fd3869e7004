package dev.daveloper.domain.webhooks;

import dev.daveloper.domain.Ids;

/** One event on its way to one receiver. Written {@code dlv_} and 26 characters, see {@link Ids}. */
public record DeliveryId(String value) {
    public static final String PREFIX = "dlv_";

    public DeliveryId {
        Ids.require("deliveryId", PREFIX, value);
    }

    public static DeliveryId next(Ids ids) {
        return new DeliveryId(ids.next(PREFIX));
    }

    /** The id that the delivery of this event to this endpoint always has. */
    public static DeliveryId of(WebhookEvent event, EndpointId endpoint) {
        return new DeliveryId(Ids.derived(PREFIX, event.at(), event.id() + "\n" + endpoint));
    }

    @Override
    public String toString() {
        return value;
    }
}
