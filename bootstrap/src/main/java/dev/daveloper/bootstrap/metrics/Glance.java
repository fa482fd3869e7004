package dev.daveloper.bootstrap.metrics;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * What was seen when somebody looked last, good for a while: many gauges of one scrape are one look, and whoever asks
 * all the time looks no more often than this. Safe for use by many threads.
 */
final class Glance<T> implements Supplier<T> {
    /** For what is cheap to look at: long enough for one scrape. */
    static final Duration A_MOMENT = Duration.ofMillis(200);

    private final Supplier<T> look;
    private final long goodForNanos;
    private volatile Seen<T> seen;

    private record Seen<T>(T what, long atNanos) {}

    Glance(Supplier<T> look, Duration goodFor) {
        this.look = look;
        this.goodForNanos = goodFor.toNanos();
        this.seen = new Seen<>(look.get(), System.nanoTime());
    }

    @Override
    public T get() {
        Seen<T> last = seen;
        if (System.nanoTime() - last.atNanos() <= goodForNanos) {
            return last.what();
        }
        Seen<T> now = new Seen<>(look.get(), System.nanoTime());
        seen = now;
        return now.what();
    }
}
