package dev.daveloper.domain.ratelimits;

import dev.daveloper.domain.failures.InvalidValue;
import java.math.BigInteger;
import java.time.Duration;

/**
 * So much in a time, by the generic cell rate algorithm (ITU-T I.371, annex A): quota flows in evenly, at most the
 * burst of it gathers, and what a caller has taken is one moment, the <i>theoretical arrival time</i> at which all
 * would be there again. Moments are microseconds since 1970, so that the same numbers are exact in Lua.
 *
 * @param quota that flows in during the window; 1 or more, and at most a thousand for each microsecond of it
 * @param window from a millisecond to {@value #MAX_WINDOW_DAYS} days
 * @param burst that gathers at most, and so the most that one request may cost; 1 or more
 */
public record Rate(long quota, Duration window, long burst) implements Limit {
    public static final int MAX_WINDOW_DAYS = 366;

    /** What a burst may take to flow in again, which keeps all arithmetic within 53 bits. */
    private static final Duration MAX_REFILL = Duration.ofDays(10 * MAX_WINDOW_DAYS);

    /** What flows in during a microsecond, at most: of bytes, which are not taken one by one. */
    private static final long MAX_PER_MICRO = 1_000;

    /** Of a caller who has taken nothing. */
    public static final long NOTHING_TAKEN = 0;

    private static final long MAX_MICROS = 1L << 52;
    private static final long NANOS_PER_MICRO = 1_000;

    public Rate {
        if (window.compareTo(Duration.ofMillis(1)) < 0 || window.compareTo(Duration.ofDays(MAX_WINDOW_DAYS)) > 0) {
            throw new InvalidValue("window", window.toString(), "from 1 ms to " + MAX_WINDOW_DAYS + " days");
        }
        long most = micros(window) * MAX_PER_MICRO;
        if (quota < 1 || quota > most) {
            throw new InvalidValue("quota", Long.toString(quota), "from 1 to " + most + " in " + window);
        }
        if (burst < 1 || micros(burst, quota, window) > micros(MAX_REFILL)) {
            throw new InvalidValue(
                    "burst", Long.toString(burst), "1 or more, and no more than flows in within " + MAX_REFILL);
        }
    }

    /** With a burst of the whole quota. */
    public static Rate of(long quota, Duration window) {
        return new Rate(quota, window, quota);
    }

    @Override
    public long most() {
        return burst;
    }

    /**
     * How long this much takes to flow in, rounded up to microseconds: nobody is ever given too much. More than a burst
     * takes longer than the burst, though both flow in within one microsecond. Some 140 years at most, beyond which
     * nothing is worse, so that sums with a moment of today stay exact.
     */
    public long microsOf(long cost) {
        long micros = micros(cost, quota, window);
        return Math.min(MAX_MICROS, cost > burst ? Math.max(micros, burstMicros() + 1) : micros);
    }

    /** How long the whole burst takes to flow in. */
    public long burstMicros() {
        return micros(burst, quota, window);
    }

    /** When this much may be taken by somebody who has taken what {@code taken} says; not after now means at once. */
    public long admittedFrom(long taken, long cost, long nowMicros) {
        return taking(taken, cost, nowMicros) - burstMicros();
    }

    /** What is taken when this much more is: debts too grow to some 140 years and no further. */
    public long taking(long taken, long cost, long nowMicros) {
        return Math.min(Math.max(taken, nowMicros) + microsOf(cost), nowMicros + MAX_MICROS);
    }

    /** What is taken when this much is given back. */
    public long givingBack(long taken, long cost) {
        return Math.max(NOTHING_TAKEN, taken - microsOf(cost));
    }

    /** What may be taken at once. */
    public long remaining(long taken, long nowMicros) {
        long free = burstMicros() - Math.max(0, taken - nowMicros);
        if (free <= 0) {
            return 0;
        }
        long windowMicros = micros(window);
        return Math.min(
                burst,
                fits(free, quota)
                        ? free * quota / windowMicros
                        : BigInteger.valueOf(free)
                                .multiply(BigInteger.valueOf(quota))
                                .divide(BigInteger.valueOf(windowMicros))
                                .longValue());
    }

    /** How long until one more may be taken than now; zero when no more than the burst can gather. */
    public Duration untilMore(long taken, long nowMicros) {
        long wanted = remaining(taken, nowMicros) + 1;
        if (wanted > burst) {
            return Duration.ZERO;
        }
        return Duration.ofNanos(Math.max(0, admittedFrom(taken, wanted, nowMicros) - nowMicros) * NANOS_PER_MICRO);
    }

    private static long micros(long cost, long quota, Duration window) {
        long windowMicros = micros(window);
        if (fits(cost, windowMicros)) {
            return Math.ceilDiv(cost * windowMicros, quota);
        }
        BigInteger[] exact = BigInteger.valueOf(cost)
                .multiply(BigInteger.valueOf(windowMicros))
                .divideAndRemainder(BigInteger.valueOf(quota));
        BigInteger up = exact[1].signum() == 0 ? exact[0] : exact[0].add(BigInteger.ONE);
        return up.bitLength() < Long.SIZE ? up.longValue() : Long.MAX_VALUE;
    }

    private static boolean fits(long one, long other) {
        return Math.multiplyHigh(one, other) == 0 && one * other >= 0;
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / NANOS_PER_MICRO;
    }
}
