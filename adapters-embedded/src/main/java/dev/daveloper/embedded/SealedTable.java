package dev.daveloper.embedded;

import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.stored.chat.Place;
import java.sql.SQLException;
import java.util.List;

/**
 * The tables whose rows have sealed contents. A content that is written again, as endpoints and attempts are, is sealed
 * by the first key from then on, so that nothing else is ever put back in its place.
 */
enum SealedTable {
    MESSAGES(
            "messages",
            "SELECT content, session_id, id FROM messages WHERE sealed_by = ? LIMIT ?",
            "UPDATE messages SET content = ?, sealed_by = ? WHERE sealed_by = ? AND id = ?",
            row -> new Found(
                    Place.of(new SessionId(row.getString(2)), new MessageId(row.getString(3))),
                    row.getBytes(1),
                    List.of(row.getString(3)))),
    RUN_LOG(
            "run_log",
            "SELECT l.events, r.id, l.epoch, l.first_seq, l.run, l.last_seq FROM run_log l"
                    + " JOIN runs r ON r.number = l.run WHERE l.sealed_by = ? LIMIT ?",
            "UPDATE run_log SET events = ?, sealed_by = ?"
                    + " WHERE sealed_by = ? AND run = ? AND epoch = ? AND last_seq = ?",
            row -> new Found(
                    Place.of(new RunId(row.getString(2)), row.getLong(3), row.getLong(4)),
                    row.getBytes(1),
                    List.of(row.getLong(5), row.getLong(3), row.getLong(6)))),
    IDEMPOTENCY_KEYS(
            "idempotency_keys",
            "SELECT fingerprint, session_id, value FROM idempotency_keys WHERE sealed_by = ? LIMIT ?",
            "UPDATE idempotency_keys SET fingerprint = ?, sealed_by = ?"
                    + " WHERE sealed_by = ? AND session_id = ? AND value = ?",
            row -> new Found(
                    Place.of(new SessionId(row.getString(2)), row.getString(3)),
                    row.getBytes(1),
                    List.of(row.getString(2), row.getString(3)))),
    WEBHOOK_ENDPOINTS(
            "webhook_endpoints",
            "SELECT content, id FROM webhook_endpoints WHERE sealed_by = ? LIMIT ?",
            "UPDATE webhook_endpoints SET content = ?, sealed_by = ? WHERE sealed_by = ? AND id = ?",
            row -> new Found(Place.of(new EndpointId(row.getString(2))), row.getBytes(1), List.of(row.getString(2)))),
    WEBHOOK_EVENTS(
            "webhook_events",
            "SELECT body, id FROM webhook_events WHERE sealed_by = ? LIMIT ?",
            "UPDATE webhook_events SET body = ?, sealed_by = ? WHERE sealed_by = ? AND id = ?",
            row -> new Found(Place.of(new EventId(row.getString(2))), row.getBytes(1), List.of(row.getString(2)))),
    WEBHOOK_ATTEMPTS(
            "webhook_deliveries",
            "SELECT attempts, id FROM webhook_deliveries WHERE sealed_by = ? LIMIT ?",
            "UPDATE webhook_deliveries SET attempts = ?, sealed_by = ? WHERE sealed_by = ? AND id = ?",
            row -> new Found(Place.of(new DeliveryId(row.getString(2))), row.getBytes(1), List.of(row.getString(2)))),
    WEBHOOK_FAILURES(
            "webhook_standings",
            "SELECT last_failure, endpoint FROM webhook_standings WHERE sealed_by = ? LIMIT ?",
            "UPDATE webhook_standings SET last_failure = ?, sealed_by = ? WHERE sealed_by = ? AND endpoint = ?",
            row -> new Found(
                    Place.ofLastFailure(new EndpointId(row.getString(2))), row.getBytes(1), List.of(row.getString(2))));

    private final String table;
    private final String some;
    private final String replace;

    @SuppressWarnings("ImmutableEnumChecker") // Keeps nothing.
    private final Row<Found> row;

    SealedTable(String table, String some, String replace, Row<Found> row) {
        this.table = table;
        this.some = some;
        this.replace = replace;
        this.row = row;
    }

    /** A content as it is stored. */
    static final class Found {
        private final Place place;
        private final byte[] stored;
        private final List<Object> id;

        /** @param id what its row is found by */
        private Found(Place place, byte[] stored, List<Object> id) {
            this.place = place;
            this.stored = stored;
            this.id = id;
        }

        Place place() {
            return place;
        }

        byte[] stored() {
            return stored;
        }
    }

    boolean hasAny(SqliteConnection connection, long key) throws SQLException {
        return connection
                .first("SELECT 1 FROM " + table + " WHERE sealed_by = ? LIMIT 1", one -> true, key)
                .orElse(false);
    }

    long count(SqliteConnection connection, long key) throws SQLException {
        return connection
                .first("SELECT count(*) FROM " + table + " WHERE sealed_by = ?", count -> count.getLong(1), key)
                .orElseThrow();
    }

    /** Shows contents that are sealed by this key, at most so many, until one is answered with false. */
    void walk(SqliteConnection connection, long key, int max, Row<Boolean> visitor) throws SQLException {
        connection.walk(some, visitor, key, max);
    }

    /** The content of the row that a walk stands on. */
    Row<Found> found() {
        return row;
    }

    /** Puts in what was sealed anew, unless the row has gone meanwhile. */
    void replace(SqliteConnection connection, Found found, long key, byte[] anew, long newKey) throws SQLException {
        Object[] values = new Object[3 + found.id.size()];
        values[0] = anew;
        values[1] = newKey;
        values[2] = key;
        for (int i = 0; i < found.id.size(); i++) {
            values[3 + i] = found.id.get(i);
        }
        connection.update(replace, values);
    }
}
