package dev.daveloper.domain.webhooks;

import dev.daveloper.domain.Ids;
import java.time.Instant;

/**
 * One event, the same at each attempt and to each receiver: what receivers tell repetitions by. Written {@code evt_}
 * and 26 characters, see {@link Ids}.
 */
public record EventId(String value) {
    public static final String PREFIX = "evt_";

    public EventId {
        Ids.require("eventId", PREFIX, value);
    }

    public static EventId next(Ids ids) {
        return new EventId(ids.next(PREFIX));
    }

    /**
     * The id that this event always has.
     *
     * @param source the name of what it is about, such as a run's; with the type and the moment it makes the event
     */
    public static EventId of(EventType type, Instant at, String source) {
        return new EventId(Ids.derived(PREFIX, at, type.wireName() + "\n" + source));
    }

    @Override
    public String toString() {
        return value;
    }
}
