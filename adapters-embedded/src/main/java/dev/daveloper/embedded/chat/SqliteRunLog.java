package dev.daveloper.embedded.chat;

import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.embedded.ContentSeal;
import dev.daveloper.embedded.Sqlite;
import dev.daveloper.embedded.SqliteConnection;
import dev.daveloper.stored.Doorbells;
import dev.daveloper.stored.EpochNanos;
import dev.daveloper.stored.chat.EventCodec;
import dev.daveloper.stored.chat.Place;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The logs of runs in SQLite, one row per batch. Stricter than it must be: a lease is refused as soon as the run was
 * taken over, before the new owner has written.
 */
public final class SqliteRunLog implements RunLog {
    /** How many logs one transaction forgets, so that other writes do not wait long behind it. */
    private static final int LOGS_AT_ONCE = 50;

    private final Sqlite sqlite;
    private final ContentSeal seal;
    private final LogRows rows;

    /** @param rows shared with who ends runs */
    public SqliteRunLog(Sqlite sqlite, ContentSeal seal, LogRows rows) {
        this.sqlite = sqlite;
        this.seal = seal;
        this.rows = rows;
    }

    @Override
    public Appended append(Lease lease, List<LoggedEvent> batch) {
        LogRows.Sealed sealed = rows.seal(lease, batch);
        return sqlite.write(
                connection -> {
                    Optional<LogRows.Held> held = LogRows.held(connection, lease);
                    return held.isPresent() ? rows.append(connection, held.get(), sealed) : refusal(connection, lease);
                },
                () -> rows.doorbells().ring(lease.run().id()));
    }

    @Override
    public Slice read(RunRef run, Cursor after, int maxEvents) {
        return sqlite.read(connection -> {
            Optional<Long> number = numberOfHeld(connection, run);
            return number.isEmpty()
                    ? new Slice.Gone()
                    : new Slice.Held(eventsBehind(connection, run.id(), number.get(), after, maxEvents));
        });
    }

    @Override
    public void awaitMore(RunRef run, Cursor after, Duration patience) throws InterruptedException {
        try (Doorbells<RunId>.Listening listening = rows.doorbells().listen(run.id())) {
            if (!mayHaveMore(run, after)) {
                listening.await(patience);
            }
        }
    }

    @Override
    public void forget(Instant endedBefore) {
        int forgotten;
        do {
            forgotten = sqlite.write(connection -> forgetSome(connection, EpochNanos.of(endedBefore)));
        } while (forgotten == LOGS_AT_ONCE);
    }

    /** A log that was forgotten because its run is over cannot be written on either. */
    private static Appended refusal(SqliteConnection connection, Lease lease) throws SQLException {
        boolean known = connection
                .first(
                        "SELECT 1 FROM runs WHERE id = ?",
                        row -> true,
                        lease.run().id().value())
                .isPresent();
        return known ? new Appended.Superseded() : new Appended.Cleared();
    }

    private static Optional<Long> numberOfHeld(SqliteConnection connection, RunRef run) throws SQLException {
        return connection.first(
                "SELECT number FROM runs WHERE id = ? AND session_id = ? AND log_held = 1",
                row -> row.getLong(1),
                run.id().value(),
                run.session().value());
    }

    private List<LoggedEvent> eventsBehind(SqliteConnection connection, RunId run, long number, Cursor after, int max)
            throws SQLException {
        List<LoggedEvent> events = new ArrayList<>();
        connection.walk(
                "SELECT epoch, first_seq, events FROM run_log WHERE run = ? AND (epoch, last_seq) > (?, ?)"
                        + " ORDER BY epoch, last_seq",
                row -> {
                    long epoch = row.getLong(1);
                    long firstSeq = row.getLong(2);
                    byte[] stored = seal.open(row.getBytes(3), Place.of(run, epoch, firstSeq));
                    EventCodec.decode(stored, epoch, firstSeq).stream()
                            .filter(logged -> logged.cursor().isAfter(after))
                            .limit(max - events.size())
                            .forEach(events::add);
                    return events.size() < max;
                },
                number,
                after.epoch(),
                after.seq());
        return events;
    }

    /** Whether there is something behind the cursor, or nothing can come any more. */
    private boolean mayHaveMore(RunRef run, Cursor after) throws InterruptedException {
        return sqlite.readInterruptibly(connection -> {
            Optional<Long> number = numberOfHeld(connection, run);
            return number.isEmpty()
                    || connection
                            .first(
                                    "SELECT 1 FROM run_log WHERE run = ? AND (epoch, last_seq) > (?, ?) LIMIT 1",
                                    row -> true,
                                    number.get(),
                                    after.epoch(),
                                    after.seq())
                            .orElse(false);
        });
    }

    private static int forgetSome(SqliteConnection connection, long endedBefore) throws SQLException {
        List<Long> numbers = connection.list(
                "SELECT number FROM runs WHERE log_held = 1 AND ended_at < ? LIMIT ?",
                row -> row.getLong(1),
                endedBefore,
                LOGS_AT_ONCE);
        for (Long number : numbers) {
            connection.update("DELETE FROM run_log WHERE run = ?", number);
            connection.update("UPDATE runs SET log_held = 0 WHERE number = ?", number);
        }
        return numbers.size();
    }
}
