package dev.daveloper.domain.webhooks;

import dev.daveloper.domain.Ids;

/** One event, the same at each attempt and to each receiver: what receivers tell repetitions by. Written {@code evt_} and 26 characters, see {@link Ids}. */
public record EventId(String value) {
    public static final String PREFIX = "evt_";

    public EventId {
        Ids.require("eventId", PREFIX, value);
    }

    public static EventId next(Ids ids) {
        return new EventId(ids.next(PREFIX));
    }

    @Override
    public String toString() {
        return value;
    }
}
