package dev.daveloper.embedded.chat;

import dev.daveloper.application.chat.out.RunLog.Appended;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.embedded.ContentSeal;
import dev.daveloper.embedded.SqliteConnection;
import dev.daveloper.stored.Doorbells;
import dev.daveloper.stored.chat.EventCodec;
import dev.daveloper.stored.chat.Place;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** How a run's log is written, one row per batch, and who waits for it. Safe for use by many threads. */
public final class LogRows {
    private final ContentSeal seal;
    private final Doorbells<RunId> doorbells = new Doorbells<>();

    public LogRows(ContentSeal seal) {
        this.seal = seal;
    }

    /** Who waits for more of a run; to be rung after the commit. */
    Doorbells<RunId> doorbells() {
        return doorbells;
    }

    /** A batch as it is to be kept, made before the writer's turn; not empty. */
    static final class Sealed {
        private final Lease lease;
        private final List<LoggedEvent> events;
        private final byte[] content;

        private Sealed(Lease lease, List<LoggedEvent> events, byte[] content) {
            this.lease = lease;
            this.events = events;
            this.content = content;
        }

        private long firstSeq() {
            return events.getFirst().cursor().seq();
        }

        private long lastSeq() {
            return events.getLast().cursor().seq();
        }
    }

    /** @param batch in order, of the lease's epoch; not empty */
    Sealed seal(Lease lease, List<LoggedEvent> batch) {
        requireOrder(lease, batch);
        Cursor first = batch.getFirst().cursor();
        Place place = Place.of(lease.run().id(), first.epoch(), first.seq());
        return new Sealed(lease, batch, seal.seal(EventCodec.encode(batch), place));
    }

    private static void requireOrder(Lease lease, List<LoggedEvent> batch) {
        Cursor before = new Cursor(lease.epoch(), 0);
        for (LoggedEvent logged : batch) {
            if (logged.cursor().epoch() != lease.epoch() || !logged.cursor().isAfter(before)) {
                throw new IllegalArgumentException(
                        "a batch of epoch " + lease.epoch() + " has " + logged.cursor() + " behind " + before);
            }
            before = logged.cursor();
        }
    }

    /**
     * A log that can be written on.
     *
     * @param run its number
     * @param topSeq of the last event of the lease's epoch; 0 for none
     * @param isOver whether the run has ended
     */
    record Held(long run, long topSeq, boolean isOver) {}

    /** The log that this lease writes; none when another has the run, or it is known no more. */
    static Optional<Held> held(SqliteConnection connection, Lease lease) throws SQLException {
        return connection.first(
                "SELECT number, (SELECT max(last_seq) FROM run_log WHERE run = r.number AND epoch = r.epoch),"
                        + " ended_at IS NOT NULL FROM runs r WHERE id = ? AND epoch = ? AND log_held = 1",
                row -> new Held(row.getLong(1), row.getLong(2), row.getBoolean(3)),
                lease.run().id().value(),
                lease.epoch());
    }

    /**
     * Adds what of the batch is not there.
     *
     * @return {@link Appended.Written}, or {@link Appended.Behind} when it does not join on
     */
    Appended append(SqliteConnection connection, Held log, Sealed batch) throws SQLException {
        long top = log.topSeq();
        if (batch.firstSeq() > top + 1) {
            return new Appended.Behind(top);
        }
        if (batch.firstSeq() > top) {
            insert(connection, log, batch);
        } else if (batch.lastSeq() > top) {
            insert(connection, log, seal(batch.lease, behind(batch.events, top)));
        }
        // Nobody reads it from another node: there is none.
        return new Appended.Written(false);
    }

    private static List<LoggedEvent> behind(List<LoggedEvent> batch, long seq) {
        return batch.stream().filter(logged -> logged.cursor().seq() > seq).toList();
    }

    private void insert(SqliteConnection connection, Held log, Sealed batch) throws SQLException {
        connection.update(
                "INSERT INTO run_log (run, epoch, first_seq, last_seq, events, sealed_by) VALUES (?, ?, ?, ?, ?, ?)",
                log.run(),
                batch.lease.epoch(),
                batch.firstSeq(),
                batch.lastSeq(),
                batch.content,
                seal.number());
    }
}
