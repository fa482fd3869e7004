package dev.daveloper.application.cache;

import dev.daveloper.application.cache.in.Caching.How;
import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Entry;
import dev.daveloper.domain.cache.Tag;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Counts for who uses the cache without {@link CacheService}: what is found is a hit, what is not has to be made. */
final class CountedCache implements Cache {
    private final Cache cache;
    private final CacheCounts counts;
    private final InstantSource clock;

    CountedCache(Cache cache, CacheCounts counts, InstantSource clock) {
        this.cache = cache;
        this.counts = counts;
        this.clock = clock;
    }

    @Override
    public Lookup find(CacheKey key, Set<Tag> tags) {
        Lookup lookup = cache.find(key, tags);
        switch (lookup) {
            case Lookup.Found found -> counts.given(key, How.HIT, found.entry(), found.near(), clock.instant());
            case Lookup.Absent absent -> counts.missed(key, How.MISS);
            case Lookup.Away away -> counts.missed(key, How.BYPASS);
        }
        return lookup;
    }

    @Override
    public boolean put(CacheKey key, Entry entry, Ticket ticket) {
        boolean kept = cache.put(key, entry, ticket);
        if (kept) {
            counts.loaded(key, entry.madeIn());
            counts.kept(key, entry);
        }
        return kept;
    }

    @Override
    public void remove(CacheKey key) {
        cache.remove(key);
    }

    @Override
    public boolean invalidate(Set<Tag> tags) {
        counts.invalidated(tags);
        return cache.invalidate(tags);
    }

    @Override
    public boolean clear() {
        return cache.clear();
    }

    @Override
    public Optional<Claim> claim(CacheKey key, Duration atMost) {
        return cache.claim(key, atMost);
    }

    @Override
    public Piece read(String cursor, int atMost) {
        return cache.read(cursor, atMost);
    }

    @Override
    public int write(Collection<Kept> entries) {
        return cache.write(entries);
    }

    @Override
    public Usage usage() {
        return cache.usage();
    }

    /** Whoever made the cache closes it. */
    @Override
    public void close() {}
}
