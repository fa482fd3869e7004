package dev.daveloper.embedded.webhooks;

import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.tracing.TraceContext;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.embedded.ContentSeal;
import dev.daveloper.embedded.SqliteConnection;
import dev.daveloper.stored.EpochNanos;
import dev.daveloper.stored.chat.Place;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Events as rows. Whoever writes what an event tells of puts it down by {@link #insert} in the same transaction. Safe
 * for use by many threads.
 */
public final class EventRows {
    /** Columns of an event, in the order in which {@link #read} wants them. */
    static final String COLUMNS = "e.id, e.type, e.session_id, e.at, e.parent, e.state, e.body";

    static final int COUNT = 7;

    private final ContentSeal seal;

    public EventRows(ContentSeal seal) {
        this.seal = seal;
    }

    /** Puts it down to be handed on, unless one of its id is there. */
    public void insert(SqliteConnection connection, WebhookEvent event) throws SQLException {
        connection.update(
                "INSERT INTO webhook_events (id, type, session_id, at, parent, state, outgoing, body, sealed_by)"
                        + " VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?) ON CONFLICT (id) DO NOTHING",
                event.id().value(),
                event.type().wireName(),
                event.session().map(SessionId::value).orElse(null),
                EpochNanos.of(event.at()),
                event.trace().map(TraceContext::traceparent).orElse(null),
                event.trace().map(TraceContext::state).orElse(null),
                seal.seal(event.body().getBytes(StandardCharsets.UTF_8), Place.of(event.id())),
                seal.number());
    }

    /** @param from the first of its columns, from 1 */
    WebhookEvent read(ResultSet row, int from) throws SQLException {
        EventId id = new EventId(row.getString(from));
        return new WebhookEvent(
                id,
                EventType.of(row.getString(from + 1)),
                Optional.ofNullable(row.getString(from + 2)).map(SessionId::new),
                EpochNanos.at(row.getLong(from + 3)),
                new String(seal.open(row.getBytes(from + 6), Place.of(id)), StandardCharsets.UTF_8),
                TraceContext.parse(row.getString(from + 4), row.getString(from + 5)));
    }
}
