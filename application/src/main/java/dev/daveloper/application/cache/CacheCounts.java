package dev.daveloper.application.cache;

import dev.daveloper.application.cache.in.CacheStats;
import dev.daveloper.application.cache.in.CacheStats.Count;
import dev.daveloper.application.cache.in.CacheStats.OfNamespace;
import dev.daveloper.application.cache.in.Caching.How;
import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.domain.HeavyHitters;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Entry;
import dev.daveloper.domain.cache.Tag;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** What happened, by namespace. Safe for use by many threads; nobody waits to be counted. */
final class CacheCounts {
    static final int HOT_KEYS = 256;
    static final int HOT_TAGS = 128;
    static final int SHOWN = 20;

    /** Further ones are not counted: namespaces are ours, and few. */
    private static final int MAX_NAMESPACES = 64;

    private static final int SHOWN_HASH_CHARS = 16;

    private final Instant since;
    private final Map<String, NamespaceCounts> namespaces = new ConcurrentSkipListMap<>();
    private final HeavyHitters<CacheKey> keys = new HeavyHitters<>(HOT_KEYS);
    private final HeavyHitters<Tag> tags = new HeavyHitters<>(HOT_TAGS);

    CacheCounts(Instant since) {
        this.since = since;
    }

    void given(CacheKey key, How how, Entry entry, boolean near, Instant now) {
        keys.count(key);
        of(key).given(how, entry, near, now);
    }

    /** Nothing was found, and whoever asked makes it. */
    void missed(CacheKey key, How how) {
        keys.count(key);
        of(key).missed(how);
    }

    void kept(CacheKey key, Entry entry) {
        of(key).kept(entry);
    }

    void loaded(CacheKey key, Duration took) {
        of(key).loaded(took);
    }

    void failed(CacheKey key) {
        of(key).failed();
    }

    void invalidated(Set<Tag> which) {
        which.forEach(tags::count);
    }

    /** What is asked for most, of what everybody may have. */
    List<CacheKey> hottestShared() {
        return keys.heaviest(HOT_KEYS).stream()
                .map(HeavyHitters.Hitter::key)
                .filter(key -> key.owner().isEmpty())
                .toList();
    }

    CacheStats stats(Cache.Usage usage) {
        List<OfNamespace> all = namespaces.entrySet().stream()
                .map(entry -> entry.getValue().stats(entry.getKey()))
                .toList();
        return new CacheStats(
                since,
                usage,
                all,
                keys.heaviest(SHOWN).stream()
                        .map(hitter -> new Count(shown(hitter.key()), hitter.count()))
                        .toList(),
                tags.heaviest(SHOWN).stream()
                        .map(hitter -> new Count(hitter.key().value(), hitter.count()))
                        .toList());
    }

    private NamespaceCounts of(CacheKey key) {
        NamespaceCounts known = namespaces.get(key.namespace());
        if (known != null) {
            return known;
        }
        String name = namespaces.size() < MAX_NAMESPACES ? key.namespace() : "others";
        return namespaces.computeIfAbsent(name, any -> new NamespaceCounts());
    }

    /** Good to tell keys apart, not to find out what somebody looked for. */
    private static String shown(CacheKey key) {
        if (key.owner().isEmpty()) {
            return key.text();
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.text().getBytes(StandardCharsets.UTF_8));
            return key.namespace() + "/" + HexFormat.of().formatHex(hash, 0, SHOWN_HASH_CHARS / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
