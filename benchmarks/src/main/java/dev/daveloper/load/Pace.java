package dev.daveloper.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * When calls are made: at moments that are fixed beforehand, or, with a rate of 0, each after the one before. A call's
 * time runs from its moment, so that one that had to wait for others is not shown too fast.
 */
final class Pace {
    private static final int MOST_EACH_SECOND = 100_000;

    private final int rate;
    private final int total;
    private final long nanos;
    private final AtomicInteger given = new AtomicInteger();
    private volatile long began;

    Pace(int rate, int millis) {
        this.rate = rate;
        this.nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        this.total = (int) ((rate == 0 ? MOST_EACH_SECOND : rate) * (long) millis / 1_000);
    }

    /** How many calls there can be. */
    int most() {
        return total;
    }

    boolean isFixed() {
        return rate > 0;
    }

    void begin() {
        began = System.nanoTime();
    }

    /** The moment of the next call, which has come; {@link Long#MIN_VALUE} when there is none. */
    long next() {
        if (rate == 0) {
            long now = System.nanoTime();
            return now - began < nanos && given.getAndIncrement() < total ? now : Long.MIN_VALUE;
        }
        long number = given.getAndIncrement();
        if (number >= total) {
            return Long.MIN_VALUE;
        }
        long moment = began + number * TimeUnit.SECONDS.toNanos(1) / rate;
        for (long early = moment - System.nanoTime(); early > 0; early = moment - System.nanoTime()) {
            LockSupport.parkNanos(early);
        }
        return moment;
    }
}
