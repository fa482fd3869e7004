package dev.daveloper.embedded.webhooks;

import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.embedded.SqliteConnection;
import dev.daveloper.stored.EpochNanos;
import java.sql.SQLException;
import java.time.Instant;

/** How many deliveries an endpoint may be claimed within a second: the moment up to which its rate is taken. */
final class Rates {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Rates() {}

    /** As many as flow in within the second that begins where the rate is taken up to, or now. */
    static int allowed(SqliteConnection connection, EndpointId endpoint, int max, int perSecond, Instant now)
            throws SQLException {
        long free = EpochNanos.of(now) + NANOS_PER_SECOND - takenUntil(connection, endpoint, now);
        // A nanosecond is what rounding may have cost each time.
        return Math.clamp((free + perSecond) * perSecond / NANOS_PER_SECOND, 0, max);
    }

    static void take(SqliteConnection connection, EndpointId endpoint, int count, int perSecond, Instant now)
            throws SQLException {
        connection.update(
                "INSERT INTO webhook_standings (endpoint, taken_until) VALUES (?1, ?2)"
                        + " ON CONFLICT (endpoint) DO UPDATE SET taken_until = ?2",
                endpoint.value(),
                takenUntil(connection, endpoint, now) + NANOS_PER_SECOND * count / perSecond);
    }

    private static long takenUntil(SqliteConnection connection, EndpointId endpoint, Instant now) throws SQLException {
        long taken = connection
                .first(
                        "SELECT taken_until FROM webhook_standings WHERE endpoint = ?",
                        row -> row.getLong(1),
                        endpoint.value())
                .orElse(0L);
        // A clock that was put back must not lock an endpoint out.
        return Math.clamp(taken, EpochNanos.of(now), EpochNanos.of(now) + NANOS_PER_SECOND);
    }
}
