package dev.daveloper.application.chat;

import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.failures.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Copies a run's tail to the store's log in batches, on a thread of its own from the first batch on, so that neither
 * the agent nor a viewer ever waits for the store; what is left at the run's end goes into the step that ends it. While
 * the store is away the tail keeps what is not written yet, and what a store has lost is written again from it.
 */
final class RunScribe implements Runnable {
    /** How often a batch is tried once the run is over; with the pause between tries, about half a minute. */
    static final int MAX_TRIES = 60;

    /** How often a run is put back that the store has lost. */
    static final int MAX_RESTORED = 100;

    private static final long PAUSE_MILLIS = 500;

    private final LiveRun live;
    private final RunTail tail;
    private final Unwritten unwritten;
    private final RunLog log;
    private final RunStore store;
    private final RunSpan span;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private int restored;
    /** Belongs to the run's own thread. */
    private @Nullable Thread thread;

    RunScribe(LiveRun live, RunLog log, RunStore store, RunSpan span) {
        this.live = live;
        this.tail = live.tail();
        this.unwritten = tail.unwritten();
        this.log = log;
        this.store = store;
        this.span = span;
    }

    /** How long the run may do without this, at most so long. */
    Duration patience(Duration most) {
        if (thread != null) {
            return most;
        }
        long left = unwritten.dueInNanos();
        return left < most.toNanos() ? Duration.ofNanos(Math.max(0, left)) : most;
    }

    /** Begins when a batch is due: an answer that is over before that needs no second thread. */
    void beginIfDue() {
        if (thread == null && unwritten.dueInNanos() <= 0) {
            begin();
        }
    }

    /** Begins, unless it has. */
    void begin() {
        if (thread == null) {
            thread = Thread.ofVirtual().name("scribe " + live.run().id()).start(span.within(this));
        }
    }

    /** Waits until all that the tail has is written; gives up a store that is away when interrupted. */
    void awaitEnd() {
        if (unwritten.dueInNanos() != Long.MAX_VALUE) {
            begin();
        }
        if (thread == null) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            stopped.countDown();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends when the tail has ended and all of it is written, when another owner writes, when the session was cleared,
     * or when the store stays away after the run's end.
     */
    @Override
    public void run() {
        try {
            for (List<LoggedEvent> batch = unwritten.takeBatch(); !batch.isEmpty(); batch = unwritten.takeBatch()) {
                if (!write(batch)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            unwritten.noteNoWriter();
        }
    }

    /** While the run is being made it is the run's own time that bounds the tries. */
    private boolean write(List<LoggedEvent> batch) throws InterruptedException {
        for (int tries = 1; tries <= MAX_TRIES; tries += tail.hasEnded() ? 1 : 0) {
            try {
                long start = System.nanoTime();
                RunLog.Appended appended = log.append(tail.lease(), batch);
                live.appended(batch.size(), System.nanoTime() - start);
                boolean goOn = noted(appended);
                tail.storeAway(false);
                return goOn;
            } catch (StoreUnavailable e) {
                tail.storeAway(true);
                if (stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
        }
        return false;
    }

    /** Whether there is more to write. */
    private boolean noted(RunLog.Appended appended) {
        return switch (appended) {
            case RunLog.Appended.Written written -> {
                unwritten.noteWritten();
                live.followedElsewhere(written.followed());
                yield true;
            }
            case RunLog.Appended.Behind behind -> {
                unwritten.rewind(behind.topSeq());
                yield true;
            }
            case RunLog.Appended.Lost lost -> {
                store.restore(live.begunAs(), tail.lease().epoch());
                unwritten.rewind(0);
                yield ++restored <= MAX_RESTORED;
            }
            case RunLog.Appended.Superseded superseded -> {
                live.lose();
                yield false;
            }
            // Who watches it here sees it to its end; nothing of it is kept.
            case RunLog.Appended.Cleared cleared -> false;
        };
    }
}
