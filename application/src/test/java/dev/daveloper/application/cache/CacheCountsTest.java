package dev.daveloper.application.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.cache.in.CacheStats;
import dev.daveloper.application.cache.in.Caching.Question;
import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.testkit.InMemoryCache;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Content;
import dev.daveloper.domain.cache.Demand;
import dev.daveloper.domain.cache.Entry;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CacheCountsTest {
    private static final CacheKey KEY = CacheKey.shared("tools", "all");
    private static final Set<Tag> TAGS = Set.of(Tag.TOOLS);
    private static final Content CONTENT = Content.of("text/plain", new byte[] {7});

    private final ManualClock clock = new ManualClock();
    private final InMemoryCache cache = new InMemoryCache(clock);
    private final CacheParts parts = new CacheParts(cache, RandomGenerator.getDefault(), clock, event -> {});

    private void ask(CacheKey key) throws InterruptedException {
        Question question = new Question(key, TAGS, Freshness.of(Duration.ofMinutes(1)), Demand.ANY);
        assertThat(parts.caching().get(question, () -> CONTENT)).isPresent();
    }

    @Test
    void what_happened_is_counted() throws Exception {
        ask(KEY);
        ask(KEY);
        ask(KEY);
        parts.caching().invalidate(TAGS);
        ask(KEY);
        CacheStats stats = parts.control().stats();
        CacheStats.OfNamespace tools = stats.namespaces().getFirst();
        assertThat(tools.namespace()).isEqualTo("tools");
        assertThat(List.of(tools.hits(), tools.near(), tools.misses(), tools.kept(), tools.savedBytes()))
                .containsOnly(2L);
        assertThat(tools.hitRatio()).isEqualTo(0.5);
        assertThat(tools.ages().getFirst().count()).isEqualTo(2);
        assertThat(stats.hottest().getFirst().name()).isEqualTo("tools//all");
        assertThat(stats.invalidated().getFirst().name()).isEqualTo("tools");
    }

    @Test
    void what_one_session_asks_for_is_shown_without_its_name() throws Exception {
        SessionId session = SessionId.next(new Ids(clock, new Random(5)));
        ask(CacheKey.of(session, "documents", "the secret report"));
        assertThat(parts.control().stats().hottest().getFirst().name()).matches("documents/[0-9a-f]{16}");
    }

    @Test
    void who_uses_the_cache_without_the_service_is_counted_too() {
        Cache counted = parts.counted();
        Cache.Lookup.Absent absent = (Cache.Lookup.Absent) counted.find(KEY, TAGS);
        Entry entry =
                new Entry(CONTENT, TAGS, Freshness.of(Duration.ofMinutes(1)), clock.instant(), Duration.ofSeconds(2));
        assertThat(counted.put(KEY, entry, absent.ticket())).isTrue();
        assertThat(counted.find(KEY, TAGS)).isInstanceOf(Cache.Lookup.Found.class);
        cache.away(true);
        counted.find(KEY, TAGS);
        cache.away(false);
        counted.invalidate(TAGS);
        CacheStats stats = parts.control().stats();
        CacheStats.OfNamespace tools = stats.namespaces().getFirst();
        assertThat(List.of(tools.hits(), tools.misses(), tools.bypassed(), tools.kept()))
                .containsOnly(1L);
        assertThat(tools.loadMean()).isEqualTo(Duration.ofSeconds(2));
        assertThat(stats.invalidated()).extracting(CacheStats.Count::name).containsExactly("tools");
        assertThat(counted.read("", 10)).isEqualTo(cache.read("", 10));
        assertThat(counted.usage()).isEqualTo(cache.usage());
    }
}
