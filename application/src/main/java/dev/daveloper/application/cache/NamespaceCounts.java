package dev.daveloper.application.cache;

import dev.daveloper.application.cache.in.CacheStats.Count;
import dev.daveloper.application.cache.in.CacheStats.OfNamespace;
import dev.daveloper.application.cache.in.Caching.How;
import dev.daveloper.domain.cache.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** What happened in one namespace. Safe for use by many threads. */
final class NamespaceCounts {
    /** Up to so many seconds, and beyond. */
    private static final long[] AGES = {1, 10, 60, 600, 3_600};

    /** Up to so many bytes, and beyond. */
    private static final long[] SIZES = {256, 1_024, 4_096, 16_384, 65_536, 262_144};

    private final Map<How, LongAdder> how = new EnumMap<>(How.class);
    private final LongAdder near = new LongAdder();
    private final LongAdder kept = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder savedBytes = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private final LongAdder loadNanos = new LongAdder();
    private final AtomicLongArray ages = new AtomicLongArray(AGES.length + 1);
    private final AtomicLongArray sizes = new AtomicLongArray(SIZES.length + 1);

    NamespaceCounts() {
        for (How each : How.values()) {
            how.put(each, new LongAdder());
        }
    }

    void given(How given, Entry entry, boolean wasNear, Instant now) {
        counter(given).increment();
        if (given == How.HIT || given == How.STALE || given == How.STALE_ON_ERROR || given == How.COLLAPSED) {
            savedBytes.add(entry.content().bytes().length);
            ages.incrementAndGet(place(AGES, entry.age(now).toSeconds()));
        }
        if (given == How.HIT && wasNear) {
            near.increment();
        }
    }

    void missed(How how) {
        counter(how).increment();
    }

    void kept(Entry entry) {
        kept.increment();
        sizes.incrementAndGet(place(SIZES, entry.content().bytes().length));
    }

    void loaded(Duration took) {
        loads.increment();
        loadNanos.add(took.toNanos());
    }

    void failed() {
        failures.increment();
    }

    OfNamespace stats(String name) {
        long loaded = loads.sum();
        return new OfNamespace(
                name,
                of(How.HIT),
                near.sum(),
                of(How.STALE),
                of(How.STALE_ON_ERROR),
                of(How.MISS) + of(How.EXPIRED) + of(How.REQUESTED),
                of(How.COLLAPSED),
                of(How.BYPASS),
                kept.sum(),
                failures.sum(),
                savedBytes.sum(),
                loaded == 0 ? Duration.ZERO : Duration.ofNanos(loadNanos.sum() / loaded),
                histogram(AGES, ages, "s"),
                histogram(SIZES, sizes, "B"));
    }

    private LongAdder counter(How which) {
        return Objects.requireNonNull(how.get(which));
    }

    private long of(How which) {
        return counter(which).sum();
    }

    private static int place(long[] bounds, long value) {
        int place = 0;
        while (place < bounds.length && value > bounds[place]) {
            place++;
        }
        return place;
    }

    private static List<Count> histogram(long[] bounds, AtomicLongArray counts, String unit) {
        List<Count> all = new ArrayList<>();
        for (int i = 0; i < bounds.length; i++) {
            all.add(new Count("<=" + bounds[i] + unit, counts.get(i)));
        }
        all.add(new Count(">" + bounds[bounds.length - 1] + unit, counts.get(bounds.length)));
        return all;
    }
}
