package dev.daveloper.embedded.chat;

import dev.daveloper.application.chat.out.RunLog.Appended;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRecord;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.embedded.ContentSeal;
import dev.daveloper.embedded.Sqlite;
import dev.daveloper.embedded.SqliteConnection;
import dev.daveloper.embedded.webhooks.EventRows;
import dev.daveloper.stored.EpochNanos;
import dev.daveloper.stored.chat.NearHistory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Runs in SQLite; each step is one transaction. */
public final class SqliteRunStore implements RunStore {
    private static final long FIRST_EPOCH = 1;
    static final String RUN = "r.id, r.session_id, r.user_message_id, r.message_id, r.started_at, r.background";

    private final Sqlite sqlite;
    private final InstantSource clock;
    private final KeyRows keys;
    private final EventRows events;
    private final MessageRows messages;
    private final LogRows log;
    private final NearHistory near;
    private final RunLeases leases;
    /** Of runs in the making: whoever owned one before this process owns it no more, so memory is enough for both. */
    private final Set<RunRef> unwanted = ConcurrentHashMap.newKeySet();

    private final Set<RunRef> attached = ConcurrentHashMap.newKeySet();

    /**
     * @param events where what is told of is put down in the same transaction
     * @param log shared with who writes on it in the course of a run
     * @param near shared with who reads the messages
     */
    public SqliteRunStore(
            Sqlite sqlite, InstantSource clock, ContentSeal seal, EventRows events, LogRows log, NearHistory near) {
        this.sqlite = sqlite;
        this.clock = clock;
        this.keys = new KeyRows(seal);
        this.events = events;
        this.messages = new MessageRows(seal);
        this.log = log;
        this.near = near;
        this.leases = new RunLeases(sqlite, clock);
    }

    /** Lets every lease run out now, for who knows that no owner can be alive. */
    public void endAllLeases() {
        leases.endAll();
    }

    @Override
    public Begun begin(NewRun newRun) {
        SessionId session = newRun.run().sessionId();
        byte[] message = messages.sealed(session, newRun.message());
        boolean counted = !near.suffices(session);
        AtomicReference<Runnable> committed = new AtomicReference<>(() -> {});
        return sqlite.write(
                connection -> {
                    Optional<Begun> before = earlier(connection, newRun);
                    if (before.isPresent()) {
                        if (before.get() instanceof Begun.Attached to && isInTheMaking(connection, to.run())) {
                            attached.add(to.run().ref());
                        }
                        return before.get();
                    }
                    MessageRows.Before there = messages.before(connection, session, counted);
                    committed.set(() -> near.begun(session, newRun.message(), there.last(), there.withNext()));
                    insert(connection, newRun, message);
                    return new Begun.Started(new Lease(newRun.run(), FIRST_EPOCH));
                },
                () -> committed.get().run());
    }

    @Override
    public void withdraw(Run run) {
        sqlite.write(connection -> withdraw(connection, run), () -> near.drop(run.sessionId()));
    }

    private int withdraw(SqliteConnection connection, Run run) throws SQLException {
        if (attached.contains(run.ref())) {
            return 0;
        }
        int withdrawn = connection.update(
                "DELETE FROM runs WHERE id = ? AND epoch = ? AND ended_at IS NULL",
                run.id().value(),
                FIRST_EPOCH);
        if (withdrawn == 1) {
            connection.update(
                    "DELETE FROM messages WHERE id = ?", run.userMessageId().value());
            KeyRows.delete(connection, run);
        }
        return withdrawn;
    }

    /** A database in the same process loses nothing that nobody wished to be forgotten. */
    @Override
    public void restore(NewRun lost, long epoch) {}

    @Override
    public Finished finish(Lease lease, AssistantMessage answer, List<LoggedEvent> rest, Optional<WebhookEvent> told) {
        SessionId session = lease.run().sessionId();
        byte[] message = messages.sealed(session, answer);
        Optional<LogRows.Sealed> sealedRest = rest.isEmpty() ? Optional.empty() : Optional.of(log.seal(lease, rest));
        AtomicReference<Runnable> committed = new AtomicReference<>(() -> {});
        return sqlite.write(
                connection -> {
                    Optional<LogRows.Held> held =
                            LogRows.held(connection, lease).filter(known -> !known.isOver());
                    if (held.isEmpty()) {
                        return isKnown(connection, lease.run().id()) ? Finished.REFUSED : Finished.CLEARED;
                    }
                    if (sealedRest.isPresent()
                            && log.append(connection, held.get(), sealedRest.get()) instanceof Appended.Behind) {
                        return Finished.BEHIND;
                    }
                    Optional<MessageId> last = messages.last(connection, session);
                    committed.set(() -> finished(lease, answer, last));
                    connection.update(
                            "UPDATE runs SET ended_at = ? WHERE number = ?",
                            EpochNanos.of(answer.at()),
                            held.get().run());
                    messages.insert(connection, session, answer.id(), message);
                    if (told.isPresent()) {
                        events.insert(connection, told.get());
                    }
                    return Finished.DONE;
                },
                () -> committed.get().run());
    }

    private void finished(Lease lease, AssistantMessage answer, Optional<MessageId> last) {
        Run run = lease.run();
        near.finished(run.sessionId(), answer, last);
        unwanted.remove(run.ref());
        attached.remove(run.ref());
        log.doorbells().ring(run.id());
    }

    @Override
    public Optional<RunRecord> find(RunRef run) {
        return sqlite.read(connection -> connection.first(
                "SELECT " + RUN + ", m.content FROM runs r LEFT JOIN messages m ON m.id = r.message_id WHERE r.id = ?"
                        + " AND r.session_id = ?",
                this::record,
                run.id().value(),
                run.session().value()));
    }

    @Override
    public Optional<Run> active(SessionId session) {
        return sqlite.read(connection -> active(connection, session));
    }

    /** Its owner is this process: whoever else had the database owns nothing any more. */
    @Override
    public void cancel(RunRef run) {
        if (find(run).filter(known -> known.answer().isEmpty()).isPresent()) {
            unwanted.add(run);
        }
    }

    @Override
    public Map<Lease, Standing> renew(Collection<Lease> held, Duration leaseFor) {
        Map<Lease, Standing> standings = leases.renew(held, leaseFor);
        standings.replaceAll((lease, standing) ->
                standing == Standing.OWNED && unwanted.contains(lease.run().ref()) ? Standing.UNWANTED : standing);
        return standings;
    }

    @Override
    public List<Lease> takeOverExpired(Duration leaseFor, int max) {
        return leases.takeOverExpired(leaseFor, max);
    }

    @Override
    public void forgetKeys(Instant usedBefore) {
        int forgotten;
        do {
            forgotten = sqlite.write(connection -> KeyRows.deleteSome(connection, usedBefore));
        } while (forgotten == KeyRows.AT_ONCE);
    }

    private static boolean isInTheMaking(SqliteConnection connection, Run run) throws SQLException {
        return active(connection, run.sessionId()).filter(run::equals).isPresent();
    }

    private static boolean isKnown(SqliteConnection connection, RunId run) throws SQLException {
        return connection
                .first("SELECT 1 FROM runs WHERE id = ?", row -> true, run.value())
                .isPresent();
    }

    /** What stands in the way of a new run: the same key's earlier use, or a run in the session's place. */
    private Optional<Begun> earlier(SqliteConnection connection, NewRun newRun) throws SQLException {
        SessionId session = newRun.run().sessionId();
        if (newRun.key().isPresent()) {
            Optional<Begun> before =
                    keys.usedBefore(connection, session, newRun.key().get());
            if (before.isPresent()) {
                return before;
            }
        }
        return active(connection, session).map(run -> new Begun.Busy(run.id()));
    }

    private void insert(SqliteConnection connection, NewRun newRun, byte[] message) throws SQLException {
        Run run = newRun.run();
        Instant now = clock.instant();
        connection.update(
                "INSERT INTO runs (id, session_id, user_message_id, message_id, started_at, background, epoch,"
                        + " lease_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                run.id().value(),
                run.sessionId().value(),
                run.userMessageId().value(),
                run.messageId().value(),
                EpochNanos.of(run.startedAt()),
                run.background(),
                FIRST_EPOCH,
                EpochNanos.of(now.plus(newRun.leaseFor())));
        messages.insert(connection, run.sessionId(), newRun.message().id(), message);
        if (newRun.key().isPresent()) {
            keys.insert(connection, run, newRun.key().get(), now);
        }
    }

    private static Optional<Run> active(SqliteConnection connection, SessionId session) throws SQLException {
        return connection.first(
                "SELECT " + RUN + " FROM runs r WHERE r.session_id = ? AND r.ended_at IS NULL",
                SqliteRunStore::run,
                session.value());
    }

    private RunRecord record(ResultSet row) throws SQLException {
        Run run = run(row);
        byte[] answer = row.getBytes(7);
        return new RunRecord(
                run,
                answer == null
                        ? Optional.empty()
                        : Optional.of((AssistantMessage) messages.open(run.sessionId(), run.messageId(), answer)));
    }

    static Run run(ResultSet row) throws SQLException {
        return new Run(
                new RunId(row.getString(1)),
                new SessionId(row.getString(2)),
                new MessageId(row.getString(3)),
                new MessageId(row.getString(4)),
                EpochNanos.at(row.getLong(5)),
                row.getBoolean(6));
    }
}
