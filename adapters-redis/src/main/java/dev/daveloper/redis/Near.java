package dev.daveloper.redis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was read of keys that are {@linkplain Tracking tracked}, held in this node's memory until they change. While
 * changes are not heard of, nothing is held. Safe for use by many threads.
 *
 * <p>Who reads leaves a mark first and puts the value in its place. Where the mark is gone, the key has changed
 * meanwhile, and what was read may be what was there before.
 *
 * @param <V> what a key stands for; immutable
 */
public final class Near<V> implements Tracking.Listener {
    /** What the name, the mark and the memory's own notes take, about. */
    private static final int OVERHEAD_BYTES = 200;

    private final Tracking tracking;
    private final Cache<String, Held<V>> held;
    private final AtomicLong flushes = new AtomicLong();
    private final LongAdder evicted = new LongAdder();

    private sealed interface Held<V> {}

    /** Somebody reads; each is equal to itself alone. */
    private static final class Mark<V> implements Held<V> {}

    /** @param flushes how many there had been when it began to be read */
    private record Known<V>(V value, long flushes) implements Held<V> {}

    /**
     * So many, whatever they take.
     *
     * @param max how many are held; what was used least goes first
     * @param heldFor how long one is held at most, should a change not be heard of against all precautions
     */
    public Near(Tracking tracking, long max, Duration heldFor) {
        this(tracking, max, heldFor, 1, value -> 0);
    }

    /**
     * As many as have room.
     *
     * @param maxBytes what all may take, about
     * @param heldFor as above
     * @param weigher what a value takes in bytes, about
     */
    public Near(Tracking tracking, long maxBytes, Duration heldFor, ToIntFunction<V> weigher) {
        this(tracking, maxBytes, heldFor, OVERHEAD_BYTES, weigher);
    }

    private Near(Tracking tracking, long most, Duration heldFor, int overhead, ToIntFunction<V> weigher) {
        this.tracking = tracking;
        this.held = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(most)
                .weigher((String name, Held<V> some) ->
                        overhead + (some instanceof Known<V> known ? weigher.applyAsInt(known.value()) : 0))
                .expireAfterWrite(heldFor)
                .evictionListener((@Nullable String name, @Nullable Held<V> some, RemovalCause cause) -> {
                    if (cause == RemovalCause.SIZE && some instanceof Known<V>) {
                        evicted.increment();
                    }
                })
                .build();
        tracking.listen(this);
    }

    /** One look at a key: what is held of it, or the place for what will be read. */
    public final class Reading {
        private final String name;
        private final @Nullable V value;
        private final @Nullable Mark<V> mark;
        private final long flushesBefore;

        private Reading(String name, @Nullable V value, @Nullable Mark<V> mark, long flushesBefore) {
            this.name = name;
            this.value = value;
            this.mark = mark;
            this.flushesBefore = flushesBefore;
        }

        public String name() {
            return name;
        }

        public Optional<V> known() {
            return Optional.ofNullable(value);
        }

        public boolean isUnknown() {
            return value == null;
        }

        /** Holds what was read, unless it may have changed since this began. */
        public void hold(V read) {
            if (mark != null) {
                held.asMap().replace(name, mark, new Known<>(read, flushesBefore));
            }
        }

        /** There is nothing to hold. */
        public void end() {
            if (mark != null) {
                held.asMap().remove(name, mark);
            }
        }
    }

    /** What is held of the key, and otherwise what is read, which is held from then on. */
    public Optional<V> get(String name, Supplier<Optional<V>> read) {
        Reading reading = begin(name);
        if (!reading.isUnknown()) {
            return reading.known();
        }
        Optional<V> value = Optional.empty();
        try {
            value = read.get();
            return value;
        } finally {
            value.ifPresentOrElse(reading::hold, reading::end);
        }
    }

    /** The beginning of a look at several keys at once; each reading is to be ended, by what it holds or without. */
    public Reading begin(String name) {
        if (!tracking.armed()) {
            return new Reading(name, null, null, 0);
        }
        long before = flushes.get();
        Mark<V> mark = new Mark<>();
        Held<V> other = held.getIfPresent(name);
        if (other == null) {
            other = held.asMap().putIfAbsent(name, mark);
        }
        if (other instanceof Known<V> known && known.flushes() == before) {
            return new Reading(name, known.value(), null, before);
        }
        boolean marked =
                other == null || (other instanceof Known<V> && held.asMap().replace(name, other, mark));
        return new Reading(name, null, marked ? mark : null, before);
    }

    @Override
    public void invalidated(byte[] key) {
        drop(new String(key, StandardCharsets.UTF_8));
    }

    /** What is being read at the moment may still be put here, and is known by its count of flushes. */
    @Override
    public void flushed() {
        flushes.incrementAndGet();
        held.invalidateAll();
    }

    /** For who changes the key, before and after: what is heard of it would come too late for this node. */
    public void drop(String name) {
        held.invalidate(name);
    }

    public long size() {
        held.cleanUp();
        return held.estimatedSize();
    }

    /** What all take, about. */
    public long bytes() {
        return held.policy()
                .eviction()
                .flatMap(eviction -> eviction.weightedSize().stream().boxed().findFirst())
                .orElse(0L);
    }

    /** How many had to make room. */
    public long evicted() {
        return evicted.sum();
    }
}
