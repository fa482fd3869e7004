package dev.daveloper.embedded;

import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.StoreUnavailable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work on its way from a caller to a database thread and back. The caller may withdraw it until the thread
 * has claimed it, so that work whose caller has left is not done behind its back.
 */
final class Job<T> {
    private static final int SQLITE_CONSTRAINT = 19;

    private enum State {
        QUEUED,
        CLAIMED,
        WITHDRAWN
    }

    private final Work<T> work;
    private final Runnable afterwards;
    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable T value;
    private volatile @Nullable Throwable failure;

    /** @param afterwards run on the database thread when the work has lasted, before the caller is answered; short */
    Job(Work<T> work, Runnable afterwards) {
        this.work = work;
        this.afterwards = afterwards;
    }

    /** Whether the work is now the database thread's to do. */
    boolean claim() {
        return state.compareAndSet(State.QUEUED, State.CLAIMED);
    }

    /** Whether the work will never be done. */
    boolean withdraw() {
        return state.compareAndSet(State.QUEUED, State.WITHDRAWN);
    }

    /** Does the work; the caller learns of it by {@link #answer} only. */
    boolean succeedsOn(SqliteConnection connection) {
        try {
            value = work.on(connection);
            return true;
        } catch (Throwable e) {
            failure = e;
            return false;
        }
    }

    /** Tells the caller what came of it. */
    void answer() {
        try {
            if (failure == null) {
                afterwards.run();
            }
        } finally {
            done.countDown();
        }
    }

    /** Tells the caller that nothing came of it. */
    void fail(Throwable why) {
        failure = why;
        done.countDown();
    }

    boolean awaitAnswer(Duration patience) throws InterruptedException {
        return done.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What came of it, after {@link #awaitAnswer} said that it is there. */
    T outcome() {
        Throwable why = failure;
        if (why == null) {
            return present(value);
        }
        if (why instanceof GatewayException refusal) {
            throw refusal;
        }
        if (why instanceof SQLException trouble && trouble.getErrorCode() != SQLITE_CONSTRAINT) {
            throw new StoreUnavailable(trouble);
        }
        throw new IllegalStateException("a store's work went wrong", why);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a store's work gave nothing");
        }
        return value;
    }
}
