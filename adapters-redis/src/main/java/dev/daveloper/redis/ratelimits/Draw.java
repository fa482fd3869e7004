package dev.daveloper.redis.ratelimits;

import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Rate;
import dev.daveloper.domain.ratelimits.Standing;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was taken of a rate ahead, in Redis, to be spent here in the moments after. Counted in microseconds of the rate,
 * as Redis does, so that calls may cost differently. Safe for use by many threads.
 */
final class Draw {
    /** With less than this part of it left there is time to draw again before callers have to wait for that. */
    private static final int LOW = 4;

    /** With less than this it may be drawn again beside another that is low. */
    private static final int HALF = 2;

    private final Rate rate;
    private final long drawn;
    private final boolean plenty;
    private final AtomicLong left;
    private final AtomicLong taken;
    private final long sinceMicros;
    private final long askedNanos;

    /**
     * @param micros how much was taken ahead
     * @param plenty whether that is all that was wanted
     * @param taken what is taken of the rate with all of this, as Redis said
     * @param sinceMicros when that was, by the clock of Redis
     * @param askedNanos when it was asked for, by {@link System#nanoTime}
     */
    Draw(Rate rate, long micros, boolean plenty, long taken, long sinceMicros, long askedNanos) {
        this.rate = rate;
        this.drawn = micros;
        this.plenty = plenty;
        this.left = new AtomicLong(micros);
        this.taken = new AtomicLong(taken);
        this.sinceMicros = sinceMicros;
        this.askedNanos = askedNanos;
    }

    /** Whether all was drawn that was wanted. */
    boolean isPlenty() {
        return plenty;
    }

    /** Of a quota from which little could be drawn nothing is drawn before it is needed. */
    boolean isLow() {
        return plenty && left.get() < drawn / LOW;
    }

    boolean isHalfSpent() {
        return plenty && left.get() < drawn / HALF;
    }

    /** Whether it was drawn of this rate, which may have been changed since. */
    boolean isOf(Rate asked) {
        return rate.equals(asked);
    }

    /** Whether {@link #pay} would. */
    boolean pays(Rate asked, long micros) {
        return left.get() >= micros && rate.equals(asked);
    }

    /** Pays this much, if there is as much and the rate is still the same. */
    boolean pay(Rate asked, long micros) {
        while (pays(asked, micros)) {
            long before = left.get();
            if (before >= micros && left.compareAndSet(before, before - micros)) {
                return true;
            }
        }
        return false;
    }

    /** Undoes {@link #pay}. */
    void putBack(long micros) {
        left.addAndGet(micros);
    }

    /** What nobody has spent. */
    long left() {
        return left.get();
    }

    /** Takes out what nobody has spent: it pays for nothing more. */
    long empty() {
        return left.getAndSet(0);
    }

    long sinceMicros() {
        return sinceMicros;
    }

    long askedNanos() {
        return askedNanos;
    }

    /** How somebody stands whose check was paid: as Redis said then. What has flowed in since is not told. */
    Standing standing(Check check) {
        return Standing.of(check.policy(), rate, taken.get() - left.get(), check.cost(), sinceMicros, false);
    }

    /**
     * What is spent of a rate of which so much is taken: all but what is left in here.
     *
     * @param found as Redis said just now, or shortly before this was taken
     */
    long spentOf(Rate asked, long found) {
        return left.get() == 0 || !rate.equals(asked) ? found : taken.accumulateAndGet(found, Math::max) - left.get();
    }
}
