package dev.daveloper.application.chat;

import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.FollowStep;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A run's log in the memory of the node that makes it: one thread appends, any number read at their own pace, and
 * nothing is kept per reader but its position. The lock is the run's own; no run waits for another.
 *
 * <p>Ends in one of two ways: finished, with {@link RunEvent.Finished} as the last event, or abandoned, when the run's
 * lease has gone to another node and readers must go on from the store's log.
 */
final class RunTail {
    /** What merged deltas may have in characters, so that one event never exceeds a viewer's message bound. */
    static final int MAX_MERGED_CHARS = 8_192;

    /** What a batch may have, so that a store that was away does not get all at once. */
    static final int MAX_BATCH_EVENTS = 1_024;

    private final Lease lease;
    private final ChatSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grew = lock.newCondition();
    private final Condition batchDue = lock.newCondition();
    private final Condition ended = lock.newCondition();
    private final Condition wrote = lock.newCondition();
    private final List<LoggedEvent> events = new ArrayList<>();
    private final Moments heard = new Moments();
    private Optional<AssistantMessage> answer = Optional.empty();
    private boolean abandoned;
    private int taken;
    private int written;
    private boolean scribeGone;
    private int untakenChars;
    private boolean untakenUrgent;
    private boolean deltaSeen;
    private boolean followedElsewhere;
    private boolean storeAway;

    RunTail(Lease lease, ChatSettings settings) {
        this.lease = lease;
        this.settings = settings;
    }

    Lease lease() {
        return lease;
    }

    /** Adds an event behind all others, wakes whoever waits, and says so. Does nothing once the tail has ended. */
    boolean append(RunEvent event) {
        lock.lock();
        try {
            if (isOver()) {
                return false;
            }
            events.add(new LoggedEvent(new Cursor(lease.epoch(), events.size() + 1L), event));
            heard.addNow();
            grew.signalAll();
            noteForBatch(event);
            if (event instanceof RunEvent.Finished finished) {
                answer = Optional.of(finished.message());
                ended.signalAll();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Says that this node no longer owns the run. Does nothing once the tail has ended. */
    void abandon() {
        lock.lock();
        try {
            if (!isOver()) {
                abandoned = true;
                grew.signalAll();
                batchDue.signalAll();
                ended.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Where a reader with this cursor stands: 0 is before the first event. It may lie beyond the top. */
    int positionOf(Cursor after) {
        if (after.epoch() == lease.epoch()) {
            return (int) Math.min(after.seq(), Integer.MAX_VALUE);
        }
        return after.epoch() < lease.epoch() ? 0 : Integer.MAX_VALUE;
    }

    /**
     * What stands behind this position, adjacent deltas merged, waiting for it no longer than this.
     *
     * @param toldAway whether the reader was told last that the store is away; what it was not told yet comes first
     */
    Taken take(int position, boolean toldAway, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = patience.toNanos();
            boolean waits = position >= events.size();
            while (position >= events.size() || isToBeTold(toldAway)) {
                if (isToBeTold(toldAway)) {
                    return Taken.of(
                            storeAway ? FollowStep.Notice.STORE_UNAVAILABLE : FollowStep.Notice.STORE_AVAILABLE,
                            position);
                }
                if (answer.isPresent()) {
                    return position == events.size() ? Taken.of(FollowStep.Ended.ENDED, position) : ending();
                }
                if (abandoned) {
                    return Taken.ELSEWHERE;
                }
                if (nanos <= 0) {
                    return Taken.of(FollowStep.Quiet.QUIET, position);
                }
                nanos = grew.awaitNanos(nanos);
            }
            int end = DeltaMerge.endOfRunOfDeltas(events, position, MAX_MERGED_CHARS);
            return new Taken(DeltaMerge.merge(events, position, end), end, waits ? heard.at(position) : Taken.OLD);
        } finally {
            lock.unlock();
        }
    }

    /** For a reader that stood beyond the top: no reader is left without the ending. */
    private Taken ending() {
        return Taken.of(events.getLast(), events.size());
    }

    /** A reader that is at the end is told of nothing but the end. */
    private boolean isToBeTold(boolean toldAway) {
        return storeAway != toldAway && !isOver();
    }

    /** Notes whether what is said is being stored, and tells the readers. */
    void storeAway(boolean away) {
        lock.lock();
        try {
            if (storeAway != away) {
                storeAway = away;
                grew.signalAll();
            }
        } finally {
            lock.unlock();
        }
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

    /** Notes that nobody writes it to the store any more. */
    void noteUnwritten() {
        lock.lock();
        try {
            scribeGone = true;
            wrote.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has all there is written at once, and waits for it no longer than this.
     *
     * @return false when it is still to be written; true also when nobody writes it any more
     */
    boolean flush(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            untakenUrgent = taken < events.size();
            batchDue.signal();
            int all = events.size();
            long nanos = patience.toNanos();
            while (written < all && !scribeGone && nanos > 0) {
                nanos = wrote.awaitNanos(nanos);
            }
            return written >= all || scribeGone;
        } finally {
            lock.unlock();
        }
    }

    /** Lets {@link #takeBatch} go on behind this seq: what was taken before is to be written again. */
    void rewind(long topSeq) {
        lock.lock();
        try {
            taken = (int) Math.min(topSeq, events.size());
            written = taken;
            untakenUrgent = taken < events.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the run has ended here, or went to another owner. */
    boolean hasEnded() {
        lock.lock();
        try {
            return isOver();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the run's answer; empty when patience ended first or the tail was abandoned. */
    Optional<AssistantMessage> awaitAnswer(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = patience.toNanos();
            while (!isOver() && nanos > 0) {
                nanos = ended.awaitNanos(nanos);
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next batch for the store's log, for its one writer: at once when an event is no delta or a bound is reached,
     * otherwise when the window has passed since there was something to write. That the run has begun is no news
     * without a delta, and waits for it as well.
     *
     * @return empty when the tail has ended and all was taken
     */
    List<LoggedEvent> takeBatch() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (taken == events.size() && !isOver()) {
                batchDue.await();
            }
            long nanos = settings.batches().windowWhen(followedElsewhere).toNanos();
            while (!untakenUrgent && !isOver() && nanos > 0) {
                nanos = batchDue.awaitNanos(nanos);
            }
            int end = Math.min(events.size(), taken + MAX_BATCH_EVENTS);
            List<LoggedEvent> batch = List.copyOf(events.subList(taken, end));
            taken = end;
            untakenChars = 0;
            untakenUrgent = end < events.size();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void noteForBatch(RunEvent event) {
        boolean first = taken == events.size() - 1;
        int chars = DeltaMerge.charsOf(event);
        untakenChars += Math.max(chars, 0);
        boolean delta = chars >= 0;
        boolean urgent = (!delta && !(event instanceof RunEvent.Started))
                || (delta && !deltaSeen && settings.batches().firstAtOnce())
                || events.size() - taken >= settings.batches().events()
                || untakenChars >= settings.batches().chars();
        deltaSeen |= delta;
        if (urgent && !untakenUrgent) {
            untakenUrgent = true;
            batchDue.signal();
        } else if (first) {
            batchDue.signal();
        }
    }

    private boolean isOver() {
        return abandoned || answer.isPresent();
    }
}
