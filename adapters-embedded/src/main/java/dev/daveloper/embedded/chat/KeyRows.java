package dev.daveloper.embedded.chat;

import dev.daveloper.application.chat.out.RunStore.Begun;
import dev.daveloper.application.chat.out.RunStore.IdempotencyKey;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.embedded.ContentSeal;
import dev.daveloper.embedded.SqliteConnection;
import dev.daveloper.stored.EpochNanos;
import dev.daveloper.stored.chat.Place;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * How idempotency keys are kept. Fingerprints are sealed too, for a short message can be guessed from its hash. Safe
 * for use by many threads.
 */
final class KeyRows {
    /** How many keys one transaction forgets, so that other writes do not wait long behind it. */
    static final int AT_ONCE = 500;

    private final ContentSeal seal;

    KeyRows(ContentSeal seal) {
        this.seal = seal;
    }

    /** What came of the key's earlier use. */
    Optional<Begun> usedBefore(SqliteConnection connection, SessionId session, IdempotencyKey key) throws SQLException {
        return connection.first(
                "SELECT " + SqliteRunStore.RUN + ", k.fingerprint FROM idempotency_keys k JOIN runs r"
                        + " ON r.id = k.run_id WHERE k.session_id = ? AND k.value = ?",
                row -> isOf(key, session, row.getBytes(7))
                        ? new Begun.Attached(SqliteRunStore.run(row))
                        : new Begun.KeyReused(),
                session.value(),
                key.value());
    }

    private boolean isOf(IdempotencyKey key, SessionId session, byte[] fingerprint) {
        return Arrays.equals(bytesOf(key), seal.open(fingerprint, Place.of(session, key.value())));
    }

    void insert(SqliteConnection connection, Run run, IdempotencyKey key, Instant usedAt) throws SQLException {
        connection.update(
                "INSERT INTO idempotency_keys (session_id, value, fingerprint, run_id, used_at, sealed_by)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                run.sessionId().value(),
                key.value(),
                seal.seal(bytesOf(key), Place.of(run.sessionId(), key.value())),
                run.id().value(),
                EpochNanos.of(usedAt),
                seal.number());
    }

    private static byte[] bytesOf(IdempotencyKey key) {
        return key.fingerprint().getBytes(StandardCharsets.UTF_8);
    }

    /** The key that the run was begun with, if there was one. */
    static void delete(SqliteConnection connection, Run run) throws SQLException {
        connection.update(
                "DELETE FROM idempotency_keys WHERE session_id = ? AND run_id = ?",
                run.sessionId().value(),
                run.id().value());
    }

    /** @return how many of at most {@link #AT_ONCE} */
    static int deleteSome(SqliteConnection connection, Instant usedBefore) throws SQLException {
        return connection.update(
                "DELETE FROM idempotency_keys WHERE (session_id, value) IN"
                        + " (SELECT session_id, value FROM idempotency_keys WHERE used_at < ? LIMIT ?)",
                EpochNanos.of(usedBefore),
                AT_ONCE);
    }
}
