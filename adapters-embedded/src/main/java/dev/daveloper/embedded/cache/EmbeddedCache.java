package dev.daveloper.embedded.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Entry;
import dev.daveloper.domain.cache.Tag;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps entries in the memory of one process, as many as have room in so many bytes; what is used least makes room.
 * Every question and every invalidation takes a number: an entry is worth something if it was asked for after the last
 * invalidation of each of its tags.
 */
public final class EmbeddedCache implements Cache {
    /** Tags whose last invalidation is remembered; when one is forgotten, all that is older than that goes with it. */
    static final int MAX_TAGS = 100_000;

    /** Backups that are being read at once; the oldest makes room. */
    private static final int MAX_READINGS = 4;

    private final InstantSource clock;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong floor = new AtomicLong();
    private final LongAdder evicted = new LongAdder();
    private final com.github.benmanes.caffeine.cache.Cache<CacheKey, Held> entries;
    private final com.github.benmanes.caffeine.cache.Cache<Tag, Long> invalidations;
    private final Map<CacheKey, Claimed> claims = new ConcurrentHashMap<>();
    private final com.github.benmanes.caffeine.cache.Cache<String, Iterator<CacheKey>> readings = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MAX_READINGS)
            .build();

    private record Held(Entry entry, long asked) {}

    /** @param maxBytes what all entries may take, about */
    public EmbeddedCache(InstantSource clock, long maxBytes) {
        this(clock, maxBytes, Ticker.systemTicker(), MAX_TAGS);
    }

    /** @param ticker by which what is over is forgotten */
    EmbeddedCache(InstantSource clock, long maxBytes, Ticker ticker, int maxTags) {
        this.clock = clock;
        this.entries = Caffeine.newBuilder()
                .executor(Runnable::run)
                .ticker(ticker)
                .maximumWeight(maxBytes)
                .weigher((CacheKey key, Held held) ->
                        held.entry().weight() + key.name().length())
                .expireAfter(Expiry.writing(
                        (CacheKey key, Held held) -> atLeastNothing(held.entry().keep(clock.instant()))))
                .evictionListener((@Nullable CacheKey key, @Nullable Held held, RemovalCause cause) -> {
                    if (cause == RemovalCause.SIZE) {
                        evicted.increment();
                    }
                })
                .build();
        this.invalidations = Caffeine.newBuilder()
                .executor(Runnable::run)
                .ticker(ticker)
                .maximumSize(maxTags)
                .evictionListener((@Nullable Tag tag, @Nullable Long number, RemovalCause cause) -> {
                    if (number != null) {
                        floor.accumulateAndGet(number, Math::max);
                    }
                })
                .build();
    }

    private static Duration atLeastNothing(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }

    @Override
    public Lookup find(CacheKey key, Set<Tag> tags) {
        Ticket ticket = new Ticket(List.of(Long.toString(numbers.get())));
        Held held = entries.getIfPresent(key);
        if (held != null && held.entry().tags().equals(tags) && isWorthSomething(held)) {
            return new Lookup.Found(held.entry(), ticket, true);
        }
        return new Lookup.Absent(ticket);
    }

    private boolean isWorthSomething(Held held) {
        if (held.asked() < floor.get() || !held.entry().keep(clock.instant()).isPositive()) {
            return false;
        }
        for (Tag tag : held.entry().tags()) {
            Long invalidated = invalidations.getIfPresent(tag);
            if (invalidated != null && held.asked() < invalidated) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean put(CacheKey key, Entry entry, Ticket ticket) {
        Held held = new Held(entry, Long.parseLong(ticket.versions().getFirst()));
        if (!isWorthSomething(held)) {
            return false;
        }
        entries.put(key, held);
        return true;
    }

    @Override
    public void remove(CacheKey key) {
        entries.invalidate(key);
    }

    @Override
    public boolean invalidate(Set<Tag> tags) {
        long number = numbers.incrementAndGet();
        tags.forEach(tag -> invalidations.asMap().merge(tag, number, Math::max));
        return true;
    }

    @Override
    public boolean clear() {
        floor.accumulateAndGet(numbers.incrementAndGet(), Math::max);
        entries.invalidateAll();
        return true;
    }

    /** Each is equal to itself alone. */
    private static final class Claimed {
        private final long untilNanos;

        Claimed(long untilNanos) {
            this.untilNanos = untilNanos;
        }
    }

    @Override
    public Optional<Claim> claim(CacheKey key, Duration atMost) {
        long now = System.nanoTime();
        Claimed mine = new Claimed(now + atMost.toNanos());
        Claimed holds =
                claims.compute(key, (same, other) -> other == null || other.untilNanos - now <= 0 ? mine : other);
        return holds.equals(mine) ? Optional.of(() -> claims.remove(key, mine)) : Optional.empty();
    }

    /** By the keys there were when the reading began. */
    @Override
    public Piece read(String cursor, int atMost) {
        String name = cursor.isEmpty() ? UUID.randomUUID().toString() : cursor;
        Iterator<CacheKey> keys =
                cursor.isEmpty() ? new ArrayList<>(entries.asMap().keySet()).iterator() : readings.getIfPresent(cursor);
        if (keys == null) {
            return new Piece(List.of(), "");
        }
        List<Kept> found = new ArrayList<>();
        while (keys.hasNext() && found.size() < atMost) {
            CacheKey key = keys.next();
            Held held = entries.getIfPresent(key);
            if (held != null && isWorthSomething(held)) {
                found.add(new Kept(key, held.entry()));
            }
        }
        if (keys.hasNext()) {
            readings.put(name, keys);
            return new Piece(found, name);
        }
        readings.invalidate(name);
        return new Piece(found, "");
    }

    @Override
    public int write(Collection<Kept> all) {
        Ticket now = new Ticket(List.of(Long.toString(numbers.get())));
        return (int)
                all.stream().filter(kept -> put(kept.key(), kept.entry(), now)).count();
    }

    @Override
    public Usage usage() {
        entries.cleanUp();
        long bytes = entries.policy()
                .eviction()
                .flatMap(eviction -> eviction.weightedSize().stream().boxed().findFirst())
                .orElse(0L);
        return new Usage(entries.estimatedSize(), bytes, evicted.sum(), 0, false, true, 0, Optional.empty());
    }

    @Override
    public void close() {
        entries.invalidateAll();
    }
}
