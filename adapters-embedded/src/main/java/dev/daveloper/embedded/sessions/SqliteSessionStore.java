package dev.daveloper.embedded.sessions;

import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionCounts;
import dev.daveloper.domain.sessions.SessionEnd;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.TokenHash;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.embedded.Sqlite;
import dev.daveloper.embedded.SqliteConnection;
import dev.daveloper.embedded.webhooks.EventRows;
import dev.daveloper.stored.EpochNanos;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sessions in SQLite. Which address a session was opened from is in temporary tables of the writer's connection, which
 * are in memory and gone with the process: no address, not even hashed, is ever on disk.
 */
public final class SqliteSessionStore implements SessionStore {
    private final Sqlite sqlite;
    private final EventRows events;
    private final NearSessions near = new NearSessions();

    /** @param events where what is told of is put down in the same transaction */
    public SqliteSessionStore(Sqlite sqlite, EventRows events) {
        this.sqlite = sqlite;
        this.events = events;
        sqlite.write(connection -> {
            connection.update("CREATE TEMP TABLE session_addresses"
                    + " (session_id TEXT PRIMARY KEY, address TEXT NOT NULL) WITHOUT ROWID");
            return connection.update("CREATE TEMP TABLE address_counts"
                    + " (address TEXT PRIMARY KEY, live INTEGER NOT NULL) WITHOUT ROWID");
        });
    }

    @Override
    public boolean create(
            Session session,
            TokenHash token,
            Instant expiresAt,
            Optional<AddressQuota> quota,
            Optional<WebhookEvent> told) {
        return sqlite.write(connection -> {
            if (quota.isPresent() && !count(connection, session.id(), quota.get())) {
                return false;
            }
            connection.update(
                    "INSERT INTO sessions (id, token_hash, created_at, last_seen_at, expires_at)"
                            + " VALUES (?, ?, ?, ?, ?)",
                    session.id().value(),
                    token.hex(),
                    EpochNanos.of(session.createdAt()),
                    EpochNanos.of(session.lastSeenAt()),
                    EpochNanos.of(expiresAt));
            connection.update("UPDATE session_counts SET opened = opened + 1 WHERE id = 1");
            if (told.isPresent()) {
                events.insert(connection, told.get());
            }
            return true;
        });
    }

    @Override
    public Optional<Session> find(TokenHash token) {
        return near.find(
                token,
                () -> sqlite.read(connection -> connection.first(
                        "SELECT id, created_at, last_seen_at FROM sessions WHERE token_hash = ?",
                        SqliteSessionStore::session,
                        token.hex())));
    }

    @Override
    public void touch(SessionId session, Instant lastSeenAt, Instant expiresAt) {
        near.change(
                session,
                () -> sqlite.write(connection -> connection.update(
                        "UPDATE sessions SET last_seen_at = ?1, expires_at = ?2"
                                + " WHERE id = ?3 AND last_seen_at <= ?1 AND token_hash IS NOT NULL",
                        EpochNanos.of(lastSeenAt),
                        EpochNanos.of(expiresAt),
                        session.value())));
    }

    @Override
    public boolean renew(SessionId session, TokenHash token, TokenHash next, Instant lastSeenAt, Instant expiresAt) {
        return near.change(
                session,
                () -> sqlite.write(connection -> connection.update(
                                "UPDATE sessions SET token_hash = ?, last_seen_at = ?, expires_at = ?"
                                        + " WHERE id = ? AND token_hash = ?",
                                next.hex(),
                                EpochNanos.of(lastSeenAt),
                                EpochNanos.of(expiresAt),
                                session.value(),
                                token.hex())
                        == 1));
    }

    @Override
    public boolean end(SessionId session, SessionEnd how, Instant forgetAt, Optional<WebhookEvent> told) {
        return near.change(session, () -> endIfAlive(session, how, forgetAt, told));
    }

    private boolean endIfAlive(SessionId session, SessionEnd how, Instant forgetAt, Optional<WebhookEvent> told) {
        return sqlite.write(connection -> {
            boolean lived = connection.update(
                            "UPDATE sessions SET token_hash = NULL, expires_at = ?"
                                    + " WHERE id = ? AND token_hash IS NOT NULL",
                            EpochNanos.of(forgetAt),
                            session.value())
                    == 1;
            if (lived) {
                connection.update(countingUp(how));
                discount(connection, session);
                if (told.isPresent()) {
                    events.insert(connection, told.get());
                }
            }
            return lived;
        });
    }

    @Override
    public void delete(SessionId session) {
        sqlite.write(connection ->
                connection.update("DELETE FROM sessions WHERE id = ? AND token_hash IS NULL", session.value()));
    }

    @Override
    public List<SessionId> expired(Instant now, int max) {
        return sqlite.read(connection -> connection.list(
                "SELECT id FROM sessions WHERE expires_at <= ? ORDER BY expires_at LIMIT max(?, 0)",
                row -> new SessionId(row.getString(1)),
                EpochNanos.of(now),
                max));
    }

    @Override
    public SessionCounts counts() {
        return sqlite.read(connection -> connection
                .first(
                        "SELECT opened - ended - expired - revoked, opened, ended, expired, revoked"
                                + " FROM session_counts WHERE id = 1",
                        row -> new SessionCounts(
                                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)))
                .orElseThrow());
    }

    private static String countingUp(SessionEnd how) {
        return switch (how) {
            case ENDED -> "UPDATE session_counts SET ended = ended + 1 WHERE id = 1";
            case EXPIRED -> "UPDATE session_counts SET expired = expired + 1 WHERE id = 1";
            case REVOKED -> "UPDATE session_counts SET revoked = revoked + 1 WHERE id = 1";
        };
    }

    /** Counts the session for its address; answers false when there is no room for it. */
    private static boolean count(SqliteConnection connection, SessionId session, AddressQuota quota)
            throws SQLException {
        String address = quota.address().hex();
        long live = connection
                .first("SELECT live FROM temp.address_counts WHERE address = ?", row -> row.getLong(1), address)
                .orElse(0L);
        if (live >= quota.max()) {
            return false;
        }
        connection.update(
                "INSERT INTO temp.address_counts (address, live) VALUES (?, 1)"
                        + " ON CONFLICT (address) DO UPDATE SET live = live + 1",
                address);
        connection.update(
                "INSERT INTO temp.session_addresses (session_id, address) VALUES (?, ?)", session.value(), address);
        return true;
    }

    private static void discount(SqliteConnection connection, SessionId session) throws SQLException {
        Optional<String> address = connection.first(
                "SELECT address FROM temp.session_addresses WHERE session_id = ?",
                row -> row.getString(1),
                session.value());
        if (address.isEmpty()) {
            return;
        }
        connection.update("DELETE FROM temp.session_addresses WHERE session_id = ?", session.value());
        connection.update("UPDATE temp.address_counts SET live = live - 1 WHERE address = ?", address.get());
        connection.update("DELETE FROM temp.address_counts WHERE address = ? AND live = 0", address.get());
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                new SessionId(row.getString(1)), EpochNanos.at(row.getLong(2)), EpochNanos.at(row.getLong(3)));
    }
}
