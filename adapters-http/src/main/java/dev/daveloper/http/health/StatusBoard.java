package dev.daveloper.http.health;

import dev.daveloper.application.health.in.Health;
import dev.daveloper.http.requests.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What all who watch the status see: one snapshot at a time, made once for all of them, and the samples behind it. Safe
 * for use by many threads.
 */
final class StatusBoard {
    private final Health health;
    private final Gauges gauges;
    private final InstantSource clock;
    private final JsonCodec json;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final SampleRing ring = new SampleRing();
    private @Nullable Snapshot latest;
    private long takenNanos;
    private int watchers;
    private boolean closed;

    StatusBoard(Health health, Gauges gauges, InstantSource clock, JsonCodec json) {
        this.health = health;
        this.gauges = gauges;
        this.clock = clock;
        this.json = json;
    }

    /**
     * As it goes to who watches; the bytes are not changed afterwards.
     *
     * @param number of it, from 1
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Snapshot(long number, byte[] forEverybody, byte[] forAdministrators) {}

    /** Takes a sample, and wakes those who wait for it. */
    void take() {
        Health.History history = health.history();
        Instant at = clock.instant();
        Sample sample = gauges.read(at);
        lock.lock();
        try {
            ring.add(sample);
            StatusView view = StatusView.of(history, gauges.started(), at);
            byte[] forAdministrators = event(StatusView.TYPE, view.with(DetailsView.of(ring.samples(), gauges)));
            long number = latest == null ? 1 : latest.number() + 1;
            latest = new Snapshot(number, event(StatusView.TYPE, view.forEverybody()), forAdministrators);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The latest snapshot once it has a higher number; null when none has come within the patience, or none will. */
    @Nullable
    Snapshot after(long number, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!closed && (latest == null || latest.number() <= number) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return latest == null || latest.number() <= number ? null : latest;
        } finally {
            lock.unlock();
        }
    }

    /** @param administrator whether the numbers are shown, too */
    HistoryView history(boolean administrator) {
        Health.History history = health.history();
        return HistoryView.of(history, clock.instant(), administrator ? HistoryView.SeriesView.of(samples()) : null);
    }

    byte[] historyEvent(boolean administrator) {
        return event(HistoryView.TYPE, history(administrator));
    }

    private List<Sample> samples() {
        lock.lock();
        try {
            return ring.samples();
        } finally {
            lock.unlock();
        }
    }

    /** Somebody watches, until {@link #leave}. */
    void join() {
        lock.lock();
        try {
            watchers++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            watchers--;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the next sample is due.
     *
     * @return whether one is still wanted
     */
    boolean awaitTurn(Duration watched, Duration unwatched) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                long due = takenNanos + (watchers > 0 ? watched : unwatched).toNanos();
                long left = due - System.nanoTime();
                if (takenNanos == 0 || left <= 0) {
                    takenNanos = System.nanoTime();
                    return true;
                }
                changed.await(left, TimeUnit.NANOSECONDS);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private byte[] event(String type, Object data) {
        return ("event: " + type + "\ndata: " + json.text(data) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
