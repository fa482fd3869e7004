package dev.daveloper.embedded.chat;

import dev.daveloper.domain.chat.RunId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes those who wait for a run's log to grow. Holds nothing for runs that nobody waits for. */
final class Doorbells {
    private final ConcurrentHashMap<RunId, Doorbell> bells = new ConcurrentHashMap<>();

    /** To be held while waiting; hears every ring from now on. */
    Listening listen(RunId run) {
        Doorbell bell = bells.compute(run, (id, hung) -> {
            Doorbell one = hung == null ? new Doorbell() : hung;
            one.listeners++;
            return one;
        });
        return new Listening(run, bell, bell.rings());
    }

    void ring(RunId run) {
        Doorbell bell = bells.get(run);
        if (bell != null) {
            bell.ring();
        }
    }

    /** How many runs are being waited for. */
    int size() {
        return bells.size();
    }

    /** One waiting caller. */
    final class Listening implements AutoCloseable {
        private final RunId run;
        private final Doorbell bell;
        private final long heard;

        private Listening(RunId run, Doorbell bell, long heard) {
            this.run = run;
            this.bell = bell;
            this.heard = heard;
        }

        /** Waits until the bell has rung since the listening began, or patience ends. */
        void await(Duration patience) throws InterruptedException {
            bell.await(heard, patience);
        }

        @Override
        public void close() {
            bells.computeIfPresent(run, (id, hung) -> --hung.listeners == 0 ? null : hung);
        }
    }

    private static final class Doorbell {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition rung = lock.newCondition();
        private long rings;

        /** Changed only within the map's atomic steps. */
        private int listeners;

        private long rings() {
            lock.lock();
            try {
                return rings;
            } finally {
                lock.unlock();
            }
        }

        private void ring() {
            lock.lock();
            try {
                rings++;
                rung.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private void await(long heard, Duration patience) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                long left = patience.toNanos();
                while (rings == heard && left > 0) {
                    left = rung.awaitNanos(left);
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
