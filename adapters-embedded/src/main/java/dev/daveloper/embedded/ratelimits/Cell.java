package dev.daveloper.embedded.ratelimits;

import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Concurrency;
import dev.daveloper.domain.ratelimits.Rate;
import dev.daveloper.domain.ratelimits.Standing;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one subject has taken of one policy, or who holds its slots. Whoever calls anything else has called
 * {@link #lock}; several cells are locked in the order of their serial numbers.
 */
final class Cell {
    private final long serial;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> slots = new HashMap<>(0);
    // Written under the lock, and read without it to tell how long the cell is kept.
    private volatile long taken = Rate.NOTHING_TAKEN;
    private volatile long seenAt;

    Cell(long serial) {
        this.serial = serial;
    }

    long serial() {
        return serial;
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /**
     * Where the clock was put back, what was taken and what is held move with it: nobody is refused until it is as late
     * again. Where it was put forward, all has flowed in and leases have run out; who renews a slot holds it again.
     */
    void at(long nowMicros) {
        long back = seenAt - nowMicros;
        if (back > 0) {
            taken = Math.max(Rate.NOTHING_TAKEN, taken - back);
            slots.replaceAll((ticket, end) -> end - back);
        }
        seenAt = nowMicros;
        if (!slots.isEmpty()) {
            slots.values().removeIf(end -> end <= nowMicros);
        }
    }

    boolean fits(Check check, String ticket) {
        return switch (check.policy().limit()) {
            case Rate rate -> rate.admittedFrom(taken, check.cost(), seenAt) <= seenAt;
            case Concurrency most -> slots.containsKey(ticket) || slots.size() < most.slots();
        };
    }

    void take(Check check, String ticket, long leaseMicros) {
        switch (check.policy().limit()) {
            case Rate rate -> take(rate, check.cost());
            case Concurrency most -> hold(ticket, leaseMicros);
        }
    }

    void take(Rate rate, long cost) {
        if (cost > 0) {
            taken = rate.taking(taken, cost, seenAt);
        }
    }

    void giveBack(Rate rate, long cost) {
        taken = rate.givingBack(taken, cost);
    }

    void hold(String ticket, long leaseMicros) {
        slots.put(ticket, seenAt + leaseMicros);
    }

    void release(String ticket) {
        slots.remove(ticket);
    }

    Standing standing(Check check, boolean refused) {
        return switch (check.policy().limit()) {
            case Rate rate -> Standing.of(check.policy(), rate, taken, check.cost(), seenAt, refused);
            case Concurrency most ->
                new Standing(check.policy(), Math.max(0, most.slots() - slots.size()), Duration.ZERO, refused);
        };
    }

    /** How long until all has flowed in that is out now. Needs no lock, and may miss what others take meanwhile. */
    long refillMicros() {
        return Math.max(0, taken - seenAt);
    }
}
