package dev.daveloper.redis.ratelimits;

import dev.daveloper.domain.ratelimits.Rate;
import dev.daveloper.redis.RedisConfig.Ahead;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What this node knows of a policy and a subject: its key, whether it is busy, and what was drawn ahead for it. Moments
 * are those of {@link System#nanoTime}. Safe for use by many threads.
 */
final class Purse {
    /** What is spent within this part of the time that it may be kept was too little. */
    private static final int FAST = 8;

    /** What lasts for more than this part of it was too much. */
    private static final int SLOW = 2;

    private static final Draw NOTHING = new Draw(Rate.of(1, Duration.ofDays(1)), 0, false, 0, 0, 0);

    private final String key;
    private final long keepNanos;
    private final AtomicLong drawingSinceNanos;
    private final AtomicReference<Draw> draw = new AtomicReference<>(NOTHING);
    private volatile long askedAtNanos;
    /** Changed by whoever draws, and only one does. */
    private volatile int times = 1;

    /** @param keepNanos how soon somebody asks again who is busy, and how long what is drawn may be spent */
    Purse(String key, long keepNanos, long nowNanos) {
        this.key = key;
        this.keepNanos = keepNanos;
        this.askedAtNanos = nowNanos - keepNanos;
        this.drawingSinceNanos = new AtomicLong(nowNanos - keepNanos);
    }

    String key() {
        return key;
    }

    /** What may be spent at this moment. */
    Draw draw(long nowNanos) {
        Draw last = draw.get();
        return nowNanos - last.askedNanos() < keepNanos ? last : NOTHING;
    }

    /** To be called when Redis is asked: whether some more should be asked for. One question at a time does. */
    boolean shouldDraw(Rate rate, long micros, long nowNanos) {
        boolean busy = nowNanos - askedAtNanos < keepNanos;
        askedAtNanos = nowNanos;
        long since = drawingSinceNanos.get();
        return busy
                && nowNanos - since >= keepNanos
                && !draw(nowNanos).pays(rate, micros)
                && drawingSinceNanos.compareAndSet(since, nowNanos);
    }

    /** To be called when it is time to draw again: whether nobody does. */
    boolean mayRefill(long nowNanos) {
        long since = drawingSinceNanos.get();
        return nowNanos - since >= keepNanos && drawingSinceNanos.compareAndSet(since, nowNanos);
    }

    /** How many calls to draw for, asked by whoever draws: more while it is spent at once and there is enough. */
    int calls(Ahead ahead, long nowNanos) {
        Draw last = draw.get();
        long lastedNanos = nowNanos - last.askedNanos();
        if (!last.isPlenty() || lastedNanos > keepNanos / SLOW) {
            times = Math.max(1, times / 2);
        } else if (lastedNanos < keepNanos / FAST) {
            times = Math.min(ahead.most() / ahead.calls(), times * 2);
        }
        return ahead.calls() * times;
    }

    /** Nobody draws any more who asked at that moment. */
    void answered(long askedNanos) {
        drawingSinceNanos.compareAndSet(askedNanos, askedNanos - keepNanos);
    }

    /** Puts this in the place of what was drawn before, which is returned. */
    Draw put(Draw drawn) {
        return draw.getAndSet(drawn);
    }
}
