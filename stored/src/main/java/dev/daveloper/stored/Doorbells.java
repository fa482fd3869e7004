package dev.daveloper.stored;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes those who wait for a change of something. Holds nothing for what nobody waits for.
 *
 * @param <K> what is waited for
 */
public final class Doorbells<K> {
    private final ConcurrentHashMap<K, Doorbell> bells = new ConcurrentHashMap<>();

    /** To be held while waiting; hears every ring from now on. */
    public Listening listen(K key) {
        Doorbell bell = bells.compute(key, (same, hung) -> {
            Doorbell one = hung == null ? new Doorbell() : hung;
            one.listeners++;
            return one;
        });
        return new Listening(key, bell, bell.rings());
    }

    public void ring(K key) {
        Doorbell bell = bells.get(key);
        if (bell != null) {
            bell.ring();
        }
    }

    public void ringAll() {
        bells.values().forEach(Doorbell::ring);
    }

    /** How many things are being waited for. */
    int size() {
        return bells.size();
    }

    /** One waiting caller. */
    public final class Listening implements AutoCloseable {
        private final K key;
        private final Doorbell bell;
        private final long heard;

        private Listening(K key, Doorbell bell, long heard) {
            this.key = key;
            this.bell = bell;
            this.heard = heard;
        }

        /** Waits until the bell has rung since the listening began, or patience ends. */
        public void await(Duration patience) throws InterruptedException {
            bell.await(heard, patience);
        }

        @Override
        public void close() {
            bells.computeIfPresent(key, (same, hung) -> --hung.listeners == 0 ? null : hung);
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
