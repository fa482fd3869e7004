package dev.daveloper.application.documents;

import dev.daveloper.application.documents.in.JobFollower;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A viewer's place: for each job the state that it has not seen yet, the newest one alone. */
final class ScopeFollower implements JobFollower {
    /** Unseen states; a viewer that leaves more of them unread has to look again from the beginning. */
    static final int MAX_UNSEEN = 1_000;

    private final Scope scope;
    private final Optional<JobId> only;
    private final Consumer<ScopeFollower> onClose;
    private final Map<JobId, IngestionJob> unseen = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Runnable news = () -> {};
    private boolean ended;
    private boolean lost;

    /** @param only the one job that is followed; empty for all of the scope */
    ScopeFollower(Scope scope, Optional<JobId> only, Consumer<ScopeFollower> onClose) {
        this.scope = scope;
        this.only = only;
        this.onClose = onClose;
    }

    Scope scope() {
        return scope;
    }

    /** Tells of a state that is newer than all that were told before. */
    void tell(IngestionJob job) {
        add(job, true);
    }

    /** Tells how a job stood when it was asked for, unless something newer was told meanwhile. */
    void tellFirst(IngestionJob job) {
        add(job, false);
    }

    /** The jobs can no longer be followed. */
    void lose() {
        lock.lock();
        try {
            lost = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        // Never with the lock held: who hears it has a lock of its own, under which it may close this.
        news.run();
    }

    /** As {@link #lose}, when this job is the one that is followed. */
    void loseIfOnly(JobId job) {
        if (only.equals(Optional.of(job))) {
            lose();
        }
    }

    private void add(IngestionJob job, boolean newer) {
        JobId id = job.ticket().id();
        if (only.isPresent() && !only.get().equals(id)) {
            return;
        }
        lock.lock();
        try {
            if (newer) {
                unseen.put(id, job);
            } else {
                unseen.putIfAbsent(id, job);
            }
            lost |= unseen.size() > MAX_UNSEEN;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        news.run();
    }

    @Override
    public JobStep next(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (unseen.isEmpty() && !ended && !lost) {
                if (left <= 0) {
                    return JobStep.Quiet.QUIET;
                }
                left = changed.awaitNanos(left);
            }
            if (lost) {
                throw new DocumentsUnavailable();
            }
            return unseen.isEmpty() ? JobStep.Ended.ENDED : take();
        } finally {
            lock.unlock();
        }
    }

    private JobStep take() {
        Iterator<IngestionJob> oldest = unseen.values().iterator();
        IngestionJob job = oldest.next();
        oldest.remove();
        ended |= only.isPresent() && job.isOver();
        return new JobStep.Changed(job);
    }

    @Override
    public void onNews(Runnable heard) {
        boolean there;
        lock.lock();
        try {
            news = heard;
            there = !unseen.isEmpty() || ended || lost;
        } finally {
            lock.unlock();
        }
        if (there) {
            heard.run();
        }
    }

    @Override
    public void close() {
        onClose.accept(this);
        lock.lock();
        try {
            ended = true;
            unseen.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        news.run();
    }
}
