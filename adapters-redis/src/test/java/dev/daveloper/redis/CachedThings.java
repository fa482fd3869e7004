package dev.daveloper.redis;

import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.cache.out.Cache.Lookup;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Content;
import dev.daveloper.domain.cache.Entry;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.cache.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Something to keep, and what became of it. */
final class CachedThings {
    static final CacheKey KEY = CacheKey.shared("tools", "all");
    static final CacheKey OTHER = CacheKey.shared("tools", "other");
    static final Set<Tag> TAGS = Set.of(Tag.TOOLS, new Tag("agent:one"));

    private CachedThings() {}

    static Content content(String text) {
        return Content.of("text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    static Entry entry(String text) {
        return new Entry(content(text), TAGS, Freshness.of(Duration.ofMinutes(5)), Instant.now(), Duration.ofMillis(3));
    }

    /** Whether it is kept now. */
    static boolean put(Cache cache, CacheKey key, String text) {
        return switch (cache.find(key, TAGS)) {
            case Lookup.Found found -> cache.put(key, entry(text), found.ticket());
            case Lookup.Absent absent -> cache.put(key, entry(text), absent.ticket());
            case Lookup.Away away -> false;
        };
    }

    /** Empty also when the store is away. */
    static Optional<String> found(Cache cache, CacheKey key) {
        return cache.find(key, TAGS) instanceof Lookup.Found found
                ? Optional.of(new String(found.entry().content().bytes(), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    static boolean isNear(Cache cache, CacheKey key) {
        return cache.find(key, TAGS) instanceof Lookup.Found found && found.near();
    }

    static boolean isAbsent(Cache cache, CacheKey key) {
        return cache.find(key, TAGS) instanceof Lookup.Absent;
    }

    static boolean isAway(Cache cache, CacheKey key) {
        return cache.find(key, TAGS) instanceof Lookup.Away;
    }
}
