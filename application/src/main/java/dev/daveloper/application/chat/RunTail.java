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

    private final Lease lease;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grew = lock.newCondition();
    private final Condition ended = lock.newCondition();
    private final List<LoggedEvent> events = new ArrayList<>();
    private final Unwritten unwritten;
    private final Moments heard = new Moments();
    private Optional<AssistantMessage> answer = Optional.empty();
    private boolean abandoned;
    private boolean storeAway;

    RunTail(Lease lease, ChatSettings settings) {
        this.lease = lease;
        this.unwritten = new Unwritten(lock, events, settings.batches());
    }

    Lease lease() {
        return lease;
    }

    /** What of it the store's log has not yet. */
    Unwritten unwritten() {
        return unwritten;
    }

    /** Adds an event behind all others, wakes whoever waits, and says so. Does nothing once the tail has ended. */
    boolean append(RunEvent event) {
        lock.lock();
        try {
            if (isOver()) {
                return false;
            }
            events.add(next(event));
            heard.addNow();
            grew.signalAll();
            unwritten.added(event);
            if (event instanceof RunEvent.Finished finished) {
                answer = Optional.of(finished.message());
                unwritten.end();
                ended.signalAll();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private LoggedEvent next(RunEvent event) {
        return new LoggedEvent(new Cursor(lease.epoch(), events.size() + 1L), event);
    }

    /**
     * Takes what the store's log is still to get, with this ending behind it unless the tail has ended, waiting for the
     * writer no longer than this. The writer takes nothing more until {@link #conclude} or {@link
     * Unwritten#giveBack}.
     *
     * @return empty when the writer is not done; a list that is empty when there is none any more
     */
    Optional<List<LoggedEvent>> takeRest(RunEvent.Finished ending, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Optional<List<LoggedEvent>> rest = unwritten.takeRest(patience);
            if (rest.isEmpty() || unwritten.hasNoWriter() || isOver()) {
                return rest;
            }
            List<LoggedEvent> withEnding = new ArrayList<>(rest.get());
            withEnding.add(next(ending));
            return Optional.of(withEnding);
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #append} for the ending that was taken with the rest, all of which the store has now. */
    boolean conclude(RunEvent.Finished ending) {
        lock.lock();
        try {
            boolean told = append(ending);
            unwritten.noteAllWritten();
            return told;
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
                unwritten.end();
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

    private boolean isOver() {
        return abandoned || answer.isPresent();
    }
}
