package dev.daveloper.embedded.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.cache.out.Cache.Usage;
import dev.daveloper.application.testkit.CacheContract;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.cache.Tag;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EmbeddedCacheTest extends CacheContract {
    private static final long MAX_BYTES = 8_000_000;

    @Override
    protected Cache open() {
        return new EmbeddedCache(clock, MAX_BYTES);
    }

    @Test
    void what_is_used_least_makes_room_and_is_counted() {
        try (EmbeddedCache small = new EmbeddedCache(clock, 50_000)) {
            for (int i = 0; i < 100; i++) {
                CacheKey key = CacheKey.shared("many", "entry-" + i);
                small.put(key, entry("x".repeat(1_000)), ticket(small.find(key, TAGS)));
            }
            Usage usage = small.usage();
            assertThat(usage.nearBytes()).isPositive().isLessThanOrEqualTo(50_000);
            assertThat(usage.nearEntries()).isBetween(1L, 45L);
            assertThat(usage.evicted()).isGreaterThan(50);
            assertThat(usage.coherent()).isTrue();
        }
    }

    @Test
    void when_a_tags_invalidation_is_forgotten_what_it_took_does_not_come_back() {
        try (EmbeddedCache few = new EmbeddedCache(clock, MAX_BYTES, Ticker.systemTicker(), 2)) {
            Freshness freshness = Freshness.of(Duration.ofMinutes(5));
            few.put(KEY, entry("old", Set.of(ONE), freshness), ticket(few.find(KEY, Set.of(ONE))));
            few.invalidate(Set.of(ONE));
            for (int i = 0; i < 200; i++) {
                few.invalidate(Set.of(new Tag("many:" + i)));
            }
            few.usage();
            assertThat(few.find(KEY, Set.of(ONE))).isInstanceOf(Cache.Lookup.Absent.class);
        }
    }
}
