package dev.daveloper.redis.cache;

import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.Tracking;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Measures how late this node hears of a change in Redis: it writes a key of its own, in one shard after the other, and
 * waits until it hears of that as it would of anybody's change. The way to Redis is part of it, so the figure is a
 * little more than what others' changes take. Safe for use by many threads.
 */
final class Canary implements Tracking.Listener {
    private static final int PACE_SECONDS = 10;

    /** It goes by itself; that is a change too, and the last chance to hear of it. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    private final Redis redis;
    private final String name;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Flight flight;
    private volatile @Nullable Duration last;
    private volatile @Nullable Thread thread;

    /** One key that was written and not heard of. */
    private record Flight(String key, long sentAtNanos) {
        Duration soFar() {
            return Duration.ofNanos(System.nanoTime() - sentAtNanos);
        }
    }

    Canary(Redis redis) {
        this.redis = redis;
        this.name = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
        redis.tracking().listen(this);
    }

    /** Measures from now on, every {@value #PACE_SECONDS} s. A second call does nothing. */
    synchronized void start() {
        if (thread == null && closed.getCount() > 0) {
            thread = Thread.ofVirtual().name("cache-canary").start(this::keepFlying);
        }
    }

    /** What it was last, or what has been waited in vain, if that is more; empty while nobody knows. */
    Optional<Duration> lag() {
        Duration measured = last;
        Flight pending = flight;
        if (pending == null) {
            return Optional.ofNullable(measured);
        }
        Duration waited = pending.soFar();
        return Optional.of(measured != null && measured.compareTo(waited) > 0 ? measured : waited);
    }

    private void keepFlying() {
        try {
            long round = 0;
            do {
                fly(round);
                round++;
            } while (!closed.await(PACE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One that is still not heard of goes on: what it has waited is the answer. */
    private void fly(long round) {
        if (!redis.tracking().armed()) {
            flushed();
            return;
        }
        if (flight != null) {
            return;
        }
        String key = redis.keys().cacheCanary(round, name);
        flight = new Flight(key, System.nanoTime());
        try {
            redis.send(commands -> commands.set(Redis.bytes(key), Redis.bytes(name), SetArgs.Builder.px(KEPT)))
                    .await();
        } catch (StoreUnavailable e) {
            flushed();
        }
    }

    @Override
    public void invalidated(byte[] key) {
        Flight pending = flight;
        if (pending != null && pending.key().equals(new String(key, StandardCharsets.UTF_8))) {
            last = pending.soFar();
            flight = null;
        }
    }

    /** Whatever was on its way may never come, and what was measured is of another connection. */
    @Override
    public void flushed() {
        flight = null;
        last = null;
    }

    void close() {
        closed.countDown();
        Thread flying = thread;
        if (flying != null) {
            flying.interrupt();
        }
    }
}
