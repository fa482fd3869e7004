package dev.daveloper.redis.webhooks;

import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.redis.Keys;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which shards are worth asking: those that this node knows something to lie in, and once in a while all of them, for
 * what other nodes have put there. Safe for use by many threads.
 */
public final class Shards {
    private static final Set<Integer> ALL =
            IntStream.range(0, Keys.SHARDS).boxed().collect(Collectors.toUnmodifiableSet());

    private final Set<Integer> known = ConcurrentHashMap.newKeySet();
    private final long everyNanos;
    private final AtomicLong askedAllAtNanos;

    /** @param every how often all of them are asked */
    public Shards(Duration every) {
        this.everyNanos = every.toNanos();
        this.askedAllAtNanos = new AtomicLong(System.nanoTime() - everyNanos);
    }

    /** Something lies there. */
    void used(int shard) {
        known.add(shard);
    }

    void used(EndpointId endpoint) {
        used(Keys.shardOf(endpoint));
    }

    /**
     * Those to ask now, which are not known any more: whoever finds something there says so, and what is put there
     * while they are asked is not overlooked.
     */
    Set<Integer> take() {
        Set<Integer> taken = toAsk();
        known.removeAll(taken);
        return taken;
    }

    /** Those to ask now. */
    Set<Integer> toAsk() {
        long now = System.nanoTime();
        long before = askedAllAtNanos.get();
        return now - before >= everyNanos && askedAllAtNanos.compareAndSet(before, now) ? ALL : Set.copyOf(known);
    }
}
