package dev.daveloper.embedded.sessions;

import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.TokenHash;
import dev.daveloper.embedded.EpochNanos;
import dev.daveloper.embedded.Sqlite;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sessions in SQLite. */
public final class SqliteSessionStore implements SessionStore {
    private final Sqlite sqlite;

    public SqliteSessionStore(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    @Override
    public void create(Session session, TokenHash token, Instant expiresAt) {
        sqlite.write(connection -> connection.update(
                "INSERT INTO sessions (id, token_hash, created_at, last_seen_at, expires_at) VALUES (?, ?, ?, ?, ?)",
                session.id().value(),
                token.hex(),
                EpochNanos.of(session.createdAt()),
                EpochNanos.of(session.lastSeenAt()),
                EpochNanos.of(expiresAt)));
    }

    @Override
    public Optional<Session> find(TokenHash token) {
        return sqlite.read(connection -> connection.first(
                "SELECT id, created_at, last_seen_at FROM sessions WHERE token_hash = ?",
                SqliteSessionStore::session,
                token.hex()));
    }

    @Override
    public void touch(SessionId session, Instant lastSeenAt, Instant expiresAt) {
        sqlite.write(connection -> connection.update(
                "UPDATE sessions SET last_seen_at = ?1, expires_at = ?2 WHERE id = ?3 AND last_seen_at <= ?1",
                EpochNanos.of(lastSeenAt),
                EpochNanos.of(expiresAt),
                session.value()));
    }

    @Override
    public boolean delete(SessionId session) {
        return sqlite.write(connection -> connection.update("DELETE FROM sessions WHERE id = ?", session.value()) == 1);
    }

    @Override
    public List<SessionId> expired(Instant now, int max) {
        return sqlite.read(connection -> connection.list(
                "SELECT id FROM sessions WHERE expires_at <= ? ORDER BY expires_at LIMIT max(?, 0)",
                row -> new SessionId(row.getString(1)),
                EpochNanos.of(now),
                max));
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                new SessionId(row.getString(1)), EpochNanos.at(row.getLong(2)), EpochNanos.at(row.getLong(3)));
    }
}
