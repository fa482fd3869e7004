package dev.daveloper.embedded.webhooks;

import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.stored.EpochNanos;
import dev.daveloper.stored.chat.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Deliveries as rows. */
final class DeliveryRows {
    static final int WAITING = 0;
    static final int SENDING = 1;
    /** Those two, where they are counted. */
    static final int NOT_OVER = 1;

    static final int DELIVERED = 2;
    static final int DEAD = 3;

    /** Columns of a delivery and of its event, in the order in which {@link #read} wants them. */
    static final String COLUMNS = "d.id, d.endpoint, d.state, d.moment, d.death, d.attempted, d.created_at, d.attempts,"
            + " e.id, e.type, e.session_id";

    static final int COUNT = 11;

    private final AttemptSeal seal;

    DeliveryRows(AttemptSeal seal) {
        this.seal = seal;
    }

    Delivery read(ResultSet row) throws SQLException {
        List<Attempt> attempts = attempts(row);
        return new Delivery(
                new DeliveryId(row.getString(1)),
                new EndpointId(row.getString(2)),
                new EventId(row.getString(9)),
                EventType.of(row.getString(10)),
                Optional.ofNullable(row.getString(11)).map(SessionId::new),
                state(row.getInt(3), EpochNanos.at(row.getLong(4)), row.getString(5)),
                row.getInt(6),
                EpochNanos.at(row.getLong(7)),
                attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast()));
    }

    List<Attempt> attempts(ResultSet row) throws SQLException {
        return seal.open(row.getBytes(8), Place.of(new DeliveryId(row.getString(1))));
    }

    static int numberOf(DeliveryState.Kind kind) {
        return switch (kind) {
            case WAITING -> WAITING;
            case SENDING -> SENDING;
            case DELIVERED -> DELIVERED;
            case DEAD -> DEAD;
        };
    }

    private static DeliveryState state(int number, Instant moment, String death) {
        return switch (number) {
            case WAITING -> new DeliveryState.Waiting(moment);
            case SENDING -> new DeliveryState.Sending(moment);
            case DELIVERED -> new DeliveryState.Delivered(moment);
            default -> new DeliveryState.Dead(moment, deathOf(death));
        };
    }

    private static DeliveryState.Death deathOf(String wireName) {
        for (DeliveryState.Death death : DeliveryState.Death.values()) {
            if (death.wireName().equals(wireName)) {
                return death;
            }
        }
        return DeliveryState.Death.EXHAUSTED;
    }
}
