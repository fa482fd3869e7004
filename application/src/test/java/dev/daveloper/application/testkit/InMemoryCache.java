package dev.daveloper.application.testkit;

import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Entry;
import dev.daveloper.domain.cache.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps everything in maps, until it is told to be away. Several nodes may share it. Safe for use by many threads. */
public final class InMemoryCache implements Cache {
    private final InstantSource clock;
    private final Map<CacheKey, Held> entries = new HashMap<>();
    private final Map<Tag, Long> invalidations = new HashMap<>();
    private final Map<CacheKey, Instant> claims = new HashMap<>();
    private long number;
    private boolean away;

    private record Held(Entry entry, long asked) {}

    public InMemoryCache(InstantSource clock) {
        this.clock = clock;
    }

    /** As if its store were away, from now on or no more. */
    public synchronized void away(boolean now) {
        away = now;
    }

    @Override
    public synchronized Lookup find(CacheKey key, Set<Tag> tags) {
        if (away) {
            return new Lookup.Away();
        }
        Ticket ticket = new Ticket(List.of(Long.toString(number)));
        Held held = entries.get(key);
        return held != null && held.entry().tags().equals(tags) && isWorthSomething(held)
                ? new Lookup.Found(held.entry(), ticket, true)
                : new Lookup.Absent(ticket);
    }

    private boolean isWorthSomething(Held held) {
        return held.entry().keep(clock.instant()).isPositive()
                && held.entry().tags().stream().allMatch(tag -> invalidations.getOrDefault(tag, 0L) <= held.asked());
    }

    @Override
    public synchronized boolean put(CacheKey key, Entry entry, Ticket ticket) {
        Held held = new Held(entry, Long.parseLong(ticket.versions().getFirst()));
        if (away || !isWorthSomething(held)) {
            return false;
        }
        entries.put(key, held);
        return true;
    }

    @Override
    public synchronized void remove(CacheKey key) {
        entries.remove(key);
    }

    @Override
    public synchronized boolean invalidate(Set<Tag> tags) {
        number++;
        tags.forEach(tag -> invalidations.put(tag, number));
        return !away;
    }

    @Override
    public synchronized boolean clear() {
        entries.values().forEach(held -> invalidate(held.entry().tags()));
        entries.clear();
        return !away;
    }

    @Override
    public synchronized Optional<Claim> claim(CacheKey key, Duration atMost) {
        Instant now = clock.instant();
        Instant held = claims.get(key);
        if (held != null && held.isAfter(now)) {
            return Optional.empty();
        }
        Instant mine = now.plus(atMost);
        claims.put(key, mine);
        return Optional.of(() -> release(key, mine));
    }

    private synchronized void release(CacheKey key, Instant mine) {
        claims.remove(key, mine);
    }

    /** All in one piece. */
    @Override
    public synchronized Piece read(String cursor, int atMost) {
        return new Piece(
                entries.entrySet().stream()
                        .filter(entry -> isWorthSomething(entry.getValue()))
                        .map(entry -> new Kept(entry.getKey(), entry.getValue().entry()))
                        .toList(),
                "");
    }

    @Override
    public synchronized int write(Collection<Kept> all) {
        Ticket now = new Ticket(List.of(Long.toString(number)));
        return (int)
                all.stream().filter(kept -> put(kept.key(), kept.entry(), now)).count();
    }

    @Override
    public synchronized Usage usage() {
        long bytes = entries.values().stream()
                .mapToLong(held -> held.entry().weight())
                .sum();
        return new Usage(entries.size(), bytes, 0, 0, away, true, 0, Optional.empty());
    }

    @Override
    public void close() {}
}
