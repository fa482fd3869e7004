package dev.daveloper.application.chat;

import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.failures.StoreUnavailable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes back beginnings that the store did not answer for. Their callers were told that nothing was accepted, so
 * nothing may be left of them, whenever the store comes back. Should this node end before that, the run's lease runs
 * out and it is closed like that of any node that is gone.
 */
final class Withdrawals {
    /** How many may be under way; what comes beyond is left to its lease. */
    static final int MAX_AT_ONCE = 1_000;

    /** How often one is tried; with the pause between, about five minutes. */
    static final int MAX_TRIES = 600;

    private static final long PAUSE_NANOS = 500_000_000;

    private final RunStore store;
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);

    Withdrawals(RunStore store) {
        this.store = store;
    }

    /** Returns at once; a virtual thread does it, and ends with it. */
    void add(Run run) {
        if (places.tryAcquire()) {
            Thread.ofVirtual().name("withdraw " + run.id()).start(() -> {
                try {
                    withdraw(run);
                } finally {
                    places.release();
                }
            });
        }
    }

    private void withdraw(Run run) {
        for (int tries = 1; tries <= MAX_TRIES; tries++) {
            try {
                store.withdraw(run);
                return;
            } catch (StoreUnavailable e) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
