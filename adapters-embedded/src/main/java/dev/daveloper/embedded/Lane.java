package dev.daveloper.embedded;

import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.embedded.SqliteStats.QueueOf;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A queue of jobs and the platform threads that do them, each on a connection of its own. */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /** How long a thread whose statement was broken off may take to end. */
    private static final Duration BREAK_OFF_WITHIN = Duration.ofSeconds(2);

    private final Inbox inbox;
    private final Duration answerWithin;
    private final List<SqliteConnection> connections;
    private final List<Thread> threads = new ArrayList<>();
    private final LongAdder refused = new LongAdder();

    /** @param loop what each thread does; it ends when the inbox is closed and empty */
    Lane(
            String name,
            Inbox inbox,
            Duration answerWithin,
            List<SqliteConnection> connections,
            BiFunction<SqliteConnection, Inbox, Runnable> loop) {
        this.inbox = inbox;
        this.answerWithin = answerWithin;
        this.connections = List.copyOf(connections);
        for (SqliteConnection connection : connections) {
            threads.add(Thread.ofPlatform()
                    .daemon()
                    .name(name + "-" + (threads.size() + 1))
                    .start(loop.apply(connection, inbox)));
        }
    }

    /** Has the job done, in the way that {@link Sqlite} promises. */
    <T> T ask(Job<T> job) throws InterruptedException {
        enqueue(job);
        try {
            if (job.awaitAnswer(answerWithin)) {
                return job.outcome();
            }
            if (job.withdraw()) {
                refused.increment();
                throw Inbox.unavailable("its turn did not come within " + answerWithin);
            }
        } catch (InterruptedException e) {
            if (job.withdraw()) {
                throw e;
            }
            Thread.currentThread().interrupt();
        }
        return outcomeOfBegun(job);
    }

    private void enqueue(Job<?> job) throws InterruptedException {
        try {
            inbox.put(job, answerWithin);
        } catch (StoreUnavailable e) {
            refused.increment();
            throw e;
        }
    }

    /** How its queue is at the moment. */
    QueueOf queue() {
        return new QueueOf(inbox.size(), inbox.capacity(), refused.sum());
    }

    int fillPercent() {
        return inbox.fillPercent();
    }

    int queued() {
        return inbox.size();
    }

    /** Takes no more jobs. */
    void refuse() {
        inbox.close();
    }

    /**
     * Waits for the queued jobs until this moment of {@link System#nanoTime}, then breaks off and refuses the rest, and
     * closes the connections.
     */
    void end(long deadlineNanos) {
        if (!allEnd(deadlineNanos)) {
            inbox.abandon();
            connections.forEach(Lane::breakOff);
            if (!allEnd(System.nanoTime() + BREAK_OFF_WITHIN.toNanos())) {
                LOG.warn("a database thread did not end, its connection stays open; nothing committed is lost");
                return;
            }
        }
        connections.forEach(SqliteConnection::close);
    }

    private <T> T outcomeOfBegun(Job<T> job) {
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + answerWithin.toNanos();
        try {
            while (true) {
                try {
                    if (job.awaitAnswer(Duration.ofNanos(deadline - System.nanoTime()))) {
                        return job.outcome();
                    }
                    throw Inbox.unavailable("it has not finished within " + answerWithin);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean allEnd(long deadlineNanos) {
        boolean interrupted = Thread.interrupted();
        boolean ended = true;
        for (Thread thread : threads) {
            try {
                ended &= thread.join(Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime())));
            } catch (InterruptedException e) {
                interrupted = true;
                ended = false;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ended;
    }

    private static void breakOff(SqliteConnection connection) {
        try {
            connection.interrupt();
        } catch (SQLException e) {
            LOG.debug("a connection was closed before it could be broken off", e);
        }
    }
}
