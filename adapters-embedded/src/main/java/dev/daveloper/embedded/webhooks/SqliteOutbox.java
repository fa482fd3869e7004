package dev.daveloper.embedded.webhooks;

import dev.daveloper.application.webhooks.out.Outbox;
import dev.daveloper.domain.UnreadableContent;
import dev.daveloper.domain.webhooks.Awaited;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.embedded.Sqlite;
import dev.daveloper.embedded.SqliteConnection;
import dev.daveloper.stored.EpochNanos;
import dev.daveloper.stored.webhooks.AwaitedText;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events in SQLite on their way to the queues of their endpoints. */
public final class SqliteOutbox implements Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteOutbox.class);

    /** Events that cannot be read and are in nobody's way: a start with a key missing is refused, so they are few. */
    private static final int MAX_UNREAD = 10_000;

    private final Sqlite sqlite;
    private final EventRows events;
    /** Those that were told of. */
    private final Set<String> unread = ConcurrentHashMap.newKeySet();

    public SqliteOutbox(Sqlite sqlite, EventRows events) {
        this.sqlite = sqlite;
        this.events = events;
    }

    @Override
    public void put(WebhookEvent event) {
        sqlite.write(connection -> {
            events.insert(connection, event);
            return true;
        });
    }

    @Override
    public List<WebhookEvent> waiting(int max) {
        return sqlite.read(connection -> {
            List<WebhookEvent> waiting = new ArrayList<>();
            connection.walk(
                    "SELECT " + EventRows.COLUMNS
                            + " FROM webhook_events e WHERE e.outgoing = 1 ORDER BY e.number LIMIT ?",
                    row -> {
                        try {
                            waiting.add(events.read(row, 1));
                        } catch (UnreadableContent e) {
                            tell(row.getString(1), e);
                        }
                        return waiting.size() < max;
                    },
                    max + MAX_UNREAD);
            return waiting;
        });
    }

    /** Once for each: it is looked at every time. */
    private void tell(String event, UnreadableContent why) {
        if (unread.size() < MAX_UNREAD && unread.add(event)) {
            LOG.warn("an event is left for later: {}", why.getMessage());
        }
    }

    @Override
    public void distribute(WebhookEvent event, Set<EndpointId> endpoints, Instant now, int maxWaiting) {
        sqlite.write(connection -> {
            if (endpoints.isEmpty()) {
                return connection.update(
                        "DELETE FROM webhook_events WHERE id = ?1 AND NOT EXISTS"
                                + " (SELECT 1 FROM webhook_deliveries d WHERE d.event = webhook_events.number)",
                        event.id().value());
            }
            events.insert(connection, event);
            for (EndpointId endpoint : endpoints) {
                add(connection, event, endpoint, now, maxWaiting);
            }
            int handedOn = connection.update(
                    "UPDATE webhook_events SET outgoing = 0 WHERE id = ?",
                    event.id().value());
            // Only now: what is handed on may itself be the oldest, and then it goes with its body.
            for (EndpointId endpoint : endpoints) {
                DeliveryRecords.trim(connection, endpoint, DeliveryRows.DEAD);
            }
            return handedOn;
        });
    }

    private static void add(
            SqliteConnection connection, WebhookEvent event, EndpointId endpoint, Instant now, int maxWaiting)
            throws SQLException {
        boolean fits = DeliveryRecords.count(connection, endpoint, DeliveryRows.NOT_OVER) < maxWaiting;
        int added = connection.update(
                "INSERT INTO webhook_deliveries (id, endpoint, event, at, created_at, state, moment, death)"
                        + " SELECT ?1, ?2, number, ?3, ?4, ?5, ?4, ?6 FROM webhook_events WHERE id = ?7"
                        + " ON CONFLICT (id) DO NOTHING",
                DeliveryId.of(event, endpoint).value(),
                endpoint.value(),
                EpochNanos.of(event.at()),
                EpochNanos.of(now),
                fits ? DeliveryRows.WAITING : DeliveryRows.DEAD,
                fits ? null : DeliveryState.Death.BACKLOG_FULL.wireName(),
                event.id().value());
        if (added == 1 && !fits) {
            Tallies.count(connection, endpoint, now, Tallies.DEAD);
        }
    }

    @Override
    public void await(Awaited awaited, Instant now) {
        sqlite.write(connection -> connection.update(
                "INSERT INTO webhook_awaited (what, noted_at) VALUES (?, ?) ON CONFLICT (what) DO NOTHING",
                AwaitedText.write(awaited),
                EpochNanos.of(now)));
    }

    @Override
    public List<Awaited> awaited(Instant since, int max) {
        return sqlite.read(connection -> connection.list(
                "SELECT what FROM webhook_awaited WHERE noted_at < ? ORDER BY noted_at, what LIMIT ?",
                row -> AwaitedText.read(row.getString(1)),
                EpochNanos.of(since),
                max));
    }

    @Override
    public void settle(Awaited awaited) {
        sqlite.write(connection ->
                connection.update("DELETE FROM webhook_awaited WHERE what = ?", AwaitedText.write(awaited)));
    }
}
