package dev.daveloper.application.chat;

import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.RunEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What of a run's tail the store's log has not yet. One writer takes it in batches while the run is made; the run's end
 * takes the rest. Lives behind the tail's lock; {@link #added}, {@link #end} and {@link #noteAllWritten} are called
 * with it held.
 */
final class Unwritten {
    /** What a batch may have, so that a store that was away does not get all at once. */
    static final int MAX_BATCH_EVENTS = 1_024;

    private final ReentrantLock lock;
    private final List<LoggedEvent> events;
    private final ChatSettings.Batches batches;
    private final Condition due;
    private final Condition wrote;
    private int taken;
    private int written;
    private int untakenChars;
    /** Since when the first of what is not taken is there. */
    private long sinceNanos;

    private boolean urgent;
    private boolean deltaSeen;
    private boolean followedElsewhere;
    private boolean restTaken;
    private boolean over;
    private boolean noWriter;

    /** @param events all of the tail's, read with its lock held */
    Unwritten(ReentrantLock lock, List<LoggedEvent> events, ChatSettings.Batches batches) {
        this.lock = lock;
        this.events = events;
        this.batches = batches;
        this.due = lock.newCondition();
        this.wrote = lock.newCondition();
    }

    /** Notes that this event is the tail's last now. */
    void added(RunEvent event) {
        boolean first = taken == events.size() - 1;
        if (first) {
            sinceNanos = System.nanoTime();
        }
        int chars = DeltaMerge.charsOf(event);
        untakenChars += Math.max(chars, 0);
        boolean delta = chars >= 0;
        boolean nowUrgent = (!delta && !(event instanceof RunEvent.Started))
                || (delta && !deltaSeen && batches.firstAtOnce())
                || events.size() - taken >= batches.events()
                || untakenChars >= batches.chars();
        deltaSeen |= delta;
        if (nowUrgent && !urgent) {
            urgent = true;
            due.signal();
        } else if (first) {
            due.signal();
        }
    }

    /** Notes that nothing comes any more. */
    void end() {
        over = true;
        due.signal();
    }

    /** Notes whether somebody reads the store's log, who wants it written soon. */
    void followedElsewhere(boolean followed) {
        lock.lock();
        try {
            followedElsewhere = followed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next batch, for the one writer: at once when an event is no delta or a bound is reached, otherwise when the
     * window has passed since there was something to write. That the run has begun is no news without a delta, and
     * waits for it as well.
     *
     * @return empty when the tail has ended and all was taken
     */
    List<LoggedEvent> takeBatch() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            do {
                while (restTaken || (taken == events.size() && !over)) {
                    due.await();
                }
                for (long left = nanosLeft(); !restTaken && !over && left > 0; left = nanosLeft()) {
                    due.awaitNanos(left);
                }
            } while (restTaken);
            int end = Math.min(events.size(), taken + MAX_BATCH_EVENTS);
            List<LoggedEvent> batch = List.copyOf(events.subList(taken, end));
            taken = end;
            untakenChars = 0;
            urgent = end < events.size();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /**
     * How long the next batch may still wait for others, in nanoseconds; 0 or less when it is due. As long as can be
     * when there is nothing to write.
     */
    long dueInNanos() {
        lock.lock();
        try {
            return taken == events.size() ? Long.MAX_VALUE : nanosLeft();
        } finally {
            lock.unlock();
        }
    }

    private long nanosLeft() {
        return urgent ? 0 : batches.windowWhen(followedElsewhere).toNanos() - (System.nanoTime() - sinceNanos);
    }

    /** Notes that the batch that was taken last is in the store. */
    void noteWritten() {
        lock.lock();
        try {
            written = taken;
            wrote.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets {@link #takeBatch} go on behind this seq: what was taken before is to be written again. */
    void rewind(long topSeq) {
        lock.lock();
        try {
            goOnBehind((int) Math.min(topSeq, events.size()));
        } finally {
            lock.unlock();
        }
    }

    private void goOnBehind(int seq) {
        taken = seq;
        written = seq;
        urgent = taken < events.size();
        wrote.signalAll();
    }

    /** Notes that nobody writes it to the store any more. */
    void noteNoWriter() {
        lock.lock();
        try {
            noWriter = true;
            wrote.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean hasNoWriter() {
        lock.lock();
        try {
            return noWriter;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes what the writer has not taken, once that is less than a batch and all that was taken is written; waits for
     * it no longer than this. The writer takes nothing more until {@link #noteAllWritten} or {@link #giveBack}.
     *
     * @return empty when the writer is not done; a list that is empty when there is none any more
     */
    Optional<List<LoggedEvent>> takeRest(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = patience.toNanos();
            while (!noWriter && (written < taken || events.size() - taken >= MAX_BATCH_EVENTS)) {
                if (nanos <= 0) {
                    return Optional.empty();
                }
                nanos = wrote.awaitNanos(nanos);
            }
            List<LoggedEvent> rest = noWriter ? List.of() : List.copyOf(events.subList(taken, events.size()));
            restTaken = true;
            return Optional.of(rest);
        } finally {
            lock.unlock();
        }
    }

    /** The rest that was taken is the writer's again. Does nothing when it is written. */
    void giveBack() {
        lock.lock();
        try {
            if (restTaken) {
                restTaken = false;
                urgent = taken < events.size();
                due.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the rest that was taken is in the store, and all the tail has with it. */
    void noteAllWritten() {
        restTaken = false;
        goOnBehind(events.size());
        due.signal();
    }
}
