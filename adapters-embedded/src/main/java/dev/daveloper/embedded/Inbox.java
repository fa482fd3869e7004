package dev.daveloper.embedded;

import dev.daveloper.domain.failures.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Jobs that wait for a database thread, at most {@code capacity}, oldest first. For any number of threads on both
 * sides.
 */
final class Inbox {
    private final int capacity;
    private final Queue<Job<?>> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition work = lock.newCondition();
    private boolean closed;

    Inbox(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds the job, waiting for room.
     *
     * @throws StoreUnavailable when there is no room within the caller's patience, or the inbox is closed
     */
    void put(Job<?> job, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (!closed && waiting.size() >= capacity) {
                if (left <= 0) {
                    throw unavailable("its queue of " + capacity + " has been full for " + patience.toMillis() + " ms");
                }
                left = room.awaitNanos(left);
            }
            if (closed) {
                throw unavailable("it is closed");
            }
            waiting.add(job);
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Up to {@code max} jobs as soon as there is one; none when the inbox is closed and empty. */
    List<Job<?>> take(int max) {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                work.awaitUninterruptibly();
            }
            return remove(max);
        } finally {
            lock.unlock();
        }
    }

    /** Up to {@code max} of the jobs that are waiting now; none when there are none. */
    List<Job<?>> takeNow(int max) {
        lock.lock();
        try {
            return remove(max);
        } finally {
            lock.unlock();
        }
    }

    private List<Job<?>> remove(int max) {
        int count = Math.min(max, waiting.size());
        if (count == 0) {
            return List.of();
        }
        List<Job<?>> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            taken.add(waiting.remove());
        }
        room.signalAll();
        return taken;
    }

    /** How full it is, in percent. */
    int fillPercent() {
        return (int) (100L * size() / capacity);
    }

    int capacity() {
        return capacity;
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more; what is waiting can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody wait any longer: what has not been taken by now never will be. */
    void abandon() {
        lock.lock();
        try {
            waiting.forEach(job -> {
                if (job.withdraw()) {
                    job.fail(unavailable("it was closed before this was its turn"));
                }
            });
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    static StoreUnavailable unavailable(String why) {
        return new StoreUnavailable(new IllegalStateException("the embedded database does not answer: " + why));
    }
}
