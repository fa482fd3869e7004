package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.domain.documents.IngestionJob.Ticket;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.Scope;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Jobs that wait for a worker: the scopes take turns, and within a scope the oldest comes first, so that nobody waits
 * behind another's two hundred files. The database bounds how many there are. For any number of threads on both sides.
 */
final class WaitingJobs {
    private final Map<Scope, Map<JobId, Ticket>> scopes = new LinkedHashMap<>();
    private final Map<Scope, Integer> held = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean closed;

    void add(Ticket job) {
        lock.lock();
        try {
            scopes.computeIfAbsent(job.scope(), scope -> new LinkedHashMap<>()).put(job.id(), job);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void remove(Ticket job) {
        lock.lock();
        try {
            scopes.computeIfPresent(job.scope(), (scope, jobs) -> {
                jobs.remove(job.id());
                return jobs.isEmpty() ? null : jobs;
            });
        } finally {
            lock.unlock();
        }
    }

    /** How many there are. */
    int size() {
        lock.lock();
        try {
            return scopes.values().stream().mapToInt(Map::size).sum();
        } finally {
            lock.unlock();
        }
    }

    /** The next job as soon as there is one; empty when this is closed. */
    Optional<Ticket> take() {
        lock.lock();
        try {
            while (!closed) {
                Optional<Ticket> next = next();
                if (next.isPresent()) {
                    return next;
                }
                changed.awaitUninterruptibly();
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Gives no job of this scope to anybody until what this returns is closed. */
    Hold hold(Scope scope) {
        lock.lock();
        try {
            held.merge(scope, 1, Integer::sum);
            return () -> release(scope);
        } finally {
            lock.unlock();
        }
    }

    /** Gives no more jobs to anybody. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A scope that is being held. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    private void release(Scope scope) {
        lock.lock();
        try {
            held.computeIfPresent(scope, (same, holders) -> holders == 1 ? null : holders - 1);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Ticket> next() {
        for (Map.Entry<Scope, Map<JobId, Ticket>> turn : scopes.entrySet()) {
            if (!held.containsKey(turn.getKey())) {
                return Optional.of(oldestOf(turn.getKey(), turn.getValue()));
            }
        }
        return Optional.empty();
    }

    private Ticket oldestOf(Scope scope, Map<JobId, Ticket> jobs) {
        Ticket oldest = jobs.values().iterator().next();
        jobs.remove(oldest.id());
        scopes.remove(scope);
        if (!jobs.isEmpty()) {
            // Behind all others.
            scopes.put(scope, jobs);
        }
        return oldest;
    }
}
