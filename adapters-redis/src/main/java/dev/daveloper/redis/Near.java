package dev.daveloper.redis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What was read of keys that are {@linkplain Tracking tracked}, held in this node's memory until they change. While
 * changes are not heard of everything is read. Only what is there is held. Safe for use by many threads.
 *
 * <p>Who reads leaves a mark first and holds the value in its place: where the mark is gone, the key has changed
 * meanwhile, and what was read may be what was there before.
 *
 * @param <V> what a key stands for; immutable
 */
public final class Near<V> {
    private final Tracking tracking;
    private final Cache<String, Held<V>> entries;
    private final AtomicLong flushes = new AtomicLong();

    /**
     * @param max how many are held; what was used least goes first
     * @param heldFor how long one is held at most, should a change not be heard of against all precautions
     */
    public Near(Tracking tracking, long max, Duration heldFor) {
        this.tracking = tracking;
        this.entries =
                Caffeine.newBuilder().maximumSize(max).expireAfterWrite(heldFor).build();
        tracking.listen(new Tracking.Listener() {
            @Override
            public void invalidated(byte[] key) {
                drop(new String(key, StandardCharsets.UTF_8));
            }

            @Override
            public void flushed() {
                // What is being read at the moment may still be put here, and is known by its count of flushes.
                flushes.incrementAndGet();
                entries.invalidateAll();
            }
        });
    }

    private sealed interface Held<V> {}

    /** Somebody reads; each is equal to itself alone. */
    private static final class Mark<V> implements Held<V> {}

    private record Value<V>(V value, long flushes) implements Held<V> {}

    /** What is held of the key, and otherwise what is read, which is held from then on. */
    public Optional<V> get(String key, Supplier<Optional<V>> read) {
        if (!tracking.armed()) {
            return read.get();
        }
        long flushesBefore = flushes.get();
        Mark<V> mark = new Mark<>();
        Held<V> held = entries.getIfPresent(key);
        if (held == null) {
            held = entries.asMap().putIfAbsent(key, mark);
        }
        if (held instanceof Value<V> known && known.flushes() == flushesBefore) {
            return Optional.of(known.value());
        }
        return held == null ? readFor(key, mark, flushesBefore, read) : read.get();
    }

    private Optional<V> readFor(String key, Mark<V> mark, long flushesBefore, Supplier<Optional<V>> read) {
        Optional<V> value = Optional.empty();
        try {
            value = read.get();
            return value;
        } finally {
            if (value.isPresent()) {
                entries.asMap().replace(key, mark, new Value<>(value.get(), flushesBefore));
            } else {
                entries.asMap().remove(key, mark);
            }
        }
    }

    /** For who changes the key, before and after: what was told late would be too late for this node. */
    public void drop(String key) {
        entries.invalidate(key);
    }

    /** How many are held. */
    public long size() {
        entries.cleanUp();
        return entries.estimatedSize();
    }
}
