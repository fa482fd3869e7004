package dev.daveloper.embedded.webhooks;

import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Backlog;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Known;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.embedded.Sqlite;
import dev.daveloper.embedded.SqliteConnection;
import dev.daveloper.stored.EpochNanos;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is remembered of deliveries: to look at, to send again, to forget. */
final class DeliveryRecords {
    /** One transaction's worth of what goes with a forgotten endpoint. */
    private static final int FORGOTTEN_AT_ONCE = 2_000;

    /** As a settled delivery's part in tidying up; whatever makes one that is over tidies up. */
    private static final int TRIMMED_AT_ONCE = 10;

    private static final String LISTED = "SELECT " + DeliveryRows.COLUMNS + " FROM webhook_deliveries d"
            + " JOIN webhook_events e ON e.number = d.event WHERE d.endpoint = ?1";

    private static final String ORDER = " AND (d.at, d.id) < (?2, ?3) ORDER BY d.at DESC, d.id DESC LIMIT ?4";

    /** Behind every identifier, as its characters sort. */
    private static final String LAST = "~";

    private final Sqlite sqlite;
    private final EventRows events;
    private final DeliveryRows deliveries;

    DeliveryRecords(Sqlite sqlite, EventRows events, DeliveryRows deliveries) {
        this.sqlite = sqlite;
        this.events = events;
        this.deliveries = deliveries;
    }

    Page<Delivery> list(EndpointId endpoint, Optional<DeliveryState.Kind> only, PageRequest page) {
        long beforeAt = Long.MAX_VALUE;
        String beforeId = LAST;
        if (page.cursor().isPresent()) {
            String[] parts = cursor(page.cursor().get());
            beforeAt = Long.parseLong(parts[0]);
            beforeId = parts[1];
        }
        long at = beforeAt;
        String id = beforeId;
        List<Delivery> found = sqlite.read(connection -> only.isEmpty()
                ? connection.list(LISTED + ORDER, deliveries::read, endpoint.value(), at, id, page.limit() + 1)
                : connection.list(
                        LISTED + " AND d.state = ?5" + ORDER,
                        deliveries::read,
                        endpoint.value(),
                        at,
                        id,
                        page.limit() + 1,
                        DeliveryRows.numberOf(only.get())));
        if (found.size() <= page.limit()) {
            return new Page<>(found, Optional.empty());
        }
        List<Delivery> shown = found.subList(0, page.limit());
        return new Page<>(shown, Optional.of(cursor(shown.getLast())));
    }

    private String cursor(Delivery last) {
        long at = sqlite.read(connection -> connection
                .first(
                        "SELECT at FROM webhook_deliveries WHERE id = ?",
                        row -> row.getLong(1),
                        last.id().value())
                .orElse(EpochNanos.of(last.createdAt())));
        return at + "." + last.id();
    }

    private static String[] cursor(String text) {
        String[] parts = text.split("\\.", 2);
        try {
            if (parts.length == 2) {
                Long.parseLong(parts[0]);
                return new String[] {parts[0], new DeliveryId(parts[1]).value()};
            }
        } catch (NumberFormatException | InvalidValue e) {
            // As below.
        }
        throw new InvalidRequest("#/cursor", "The cursor is not one of this list.");
    }

    Optional<Known> find(DeliveryId delivery) {
        return sqlite.read(connection -> connection.first(
                "SELECT " + DeliveryRows.COLUMNS + ", " + EventRows.COLUMNS + " FROM webhook_deliveries d"
                        + " JOIN webhook_events e ON e.number = d.event WHERE d.id = ?",
                row -> new Known(
                        deliveries.read(row), events.read(row, DeliveryRows.COUNT + 1), deliveries.attempts(row)),
                delivery.value()));
    }

    Optional<Delivery> redeliver(DeliveryId delivery, Instant now) {
        return sqlite.write(connection -> {
            connection.update(
                    "UPDATE webhook_deliveries SET state = 0, moment = ?, death = NULL, failures = 0"
                            + " WHERE id = ? AND state <> 1",
                    EpochNanos.of(now),
                    delivery.value());
            return connection.first(
                    "SELECT " + DeliveryRows.COLUMNS + " FROM webhook_deliveries d"
                            + " JOIN webhook_events e ON e.number = d.event WHERE d.id = ?",
                    deliveries::read,
                    delivery.value());
        });
    }

    int recover(EndpointId endpoint, Instant since, Instant now, int max) {
        return sqlite.write(connection -> connection.update(
                "UPDATE webhook_deliveries SET state = 0, moment = ?, death = NULL, failures = 0 WHERE id IN"
                        + " (SELECT id FROM webhook_deliveries WHERE endpoint = ? AND state = 3 AND created_at >= ?"
                        + " ORDER BY at, id LIMIT ?)",
                EpochNanos.of(now),
                endpoint.value(),
                EpochNanos.of(since),
                max));
    }

    /** @param kind {@link DeliveryRows#NOT_OVER} or a state that is over */
    static long count(SqliteConnection connection, EndpointId endpoint, int kind) throws SQLException {
        return connection
                .first(
                        "SELECT count FROM webhook_counts WHERE endpoint = ? AND kind = ?",
                        row -> row.getLong(1),
                        endpoint.value(),
                        kind)
                .orElse(0L);
    }

    static Backlog backlog(SqliteConnection connection, EndpointId endpoint) throws SQLException {
        long waiting = count(connection, endpoint, DeliveryRows.NOT_OVER);
        if (waiting == 0) {
            return Backlog.NONE;
        }
        // Each is the first of an index. Together in one statement they would go through all that wait.
        return new Backlog(
                waiting,
                connection.first(
                        "SELECT created_at FROM webhook_deliveries INDEXED BY webhook_deliveries_by_age"
                                + " WHERE endpoint = ? AND state < 2 ORDER BY created_at LIMIT 1",
                        row -> EpochNanos.at(row.getLong(1)),
                        endpoint.value()),
                connection.first(
                        "SELECT moment FROM webhook_deliveries INDEXED BY webhook_deliveries_due"
                                + " WHERE endpoint = ? AND state < 2 ORDER BY moment LIMIT 1",
                        row -> EpochNanos.at(row.getLong(1)),
                        endpoint.value()));
    }

    /** Keeps the newest of those that are over in this way. */
    static void trim(SqliteConnection connection, EndpointId endpoint, int state) throws SQLException {
        long tooMany = count(connection, endpoint, state) - DeliveryQueue.MAX_OVER;
        if (tooMany <= 0) {
            return;
        }
        List<Long> gone = connection.list(
                "DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries WHERE endpoint = ?"
                        + " AND state = ? ORDER BY at, id LIMIT ?) RETURNING event",
                row -> row.getLong(1),
                endpoint.value(),
                state,
                Math.min(tooMany, TRIMMED_AT_ONCE));
        dropEvents(connection, gone);
    }

    void forget(EndpointId endpoint) {
        int gone;
        do {
            gone = sqlite.write(connection -> {
                List<Long> events = connection.list(
                        "DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries"
                                + " WHERE endpoint = ? LIMIT ?) RETURNING event",
                        row -> row.getLong(1),
                        endpoint.value(),
                        FORGOTTEN_AT_ONCE);
                dropEvents(connection, events);
                Tallies.forget(connection, endpoint);
                return events.size();
            });
        } while (gone == FORGOTTEN_AT_ONCE);
    }

    int forgetBefore(Instant moment, int max) {
        return sqlite.write(connection -> {
            List<Long> over = connection.list(
                    "DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries"
                            + " INDEXED BY webhook_deliveries_over WHERE state >= 2 AND moment < ? LIMIT ?)"
                            + " RETURNING event",
                    row -> row.getLong(1),
                    EpochNanos.of(moment),
                    max);
            List<Long> waiting = connection.list(
                    "DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries"
                            + " INDEXED BY webhook_deliveries_old WHERE state = 0 AND created_at < ? LIMIT ?)"
                            + " RETURNING event",
                    row -> row.getLong(1),
                    EpochNanos.of(moment),
                    max - over.size());
            dropEvents(connection, over);
            dropEvents(connection, waiting);
            Tallies.forgetOld(connection, moment);
            return over.size() + waiting.size();
        });
    }

    /** Bodies are kept for as long as one delivery of them is remembered. */
    private static void dropEvents(SqliteConnection connection, List<Long> numbers) throws SQLException {
        for (Long number : numbers) {
            connection.update(
                    "DELETE FROM webhook_events WHERE number = ?1 AND outgoing = 0"
                            + " AND NOT EXISTS (SELECT 1 FROM webhook_deliveries WHERE event = ?1)",
                    number);
        }
    }
}
