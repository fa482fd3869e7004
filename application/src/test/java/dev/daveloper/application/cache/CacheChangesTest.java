package dev.daveloper.application.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.cache.in.Caching.Answer;
import dev.daveloper.application.cache.in.Caching.Loader;
import dev.daveloper.application.cache.in.Caching.Question;
import dev.daveloper.application.testkit.InMemoryCache;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Content;
import dev.daveloper.domain.cache.Demand;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.cache.Tag;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheChangesTest {
    private static final Set<Tag> TAGS = Set.of(Tag.TOOLS);
    private static final Question QUESTION =
            new Question(CacheKey.shared("tools", "all"), TAGS, Freshness.of(Duration.ofMinutes(1)), Demand.ANY);
    private static final Content OLD = Content.of("text/plain", new byte[] {0});
    private static final Content NEW = Content.of("text/plain", new byte[] {1});

    private final InMemoryCache cache = new InMemoryCache(InstantSource.system());
    private final CacheParts parts =
            new CacheParts(cache, RandomGenerator.getDefault(), InstantSource.system(), event -> {});

    private FutureTask<Content> asking(Loader loader) {
        FutureTask<Content> asking = new FutureTask<>(() -> parts.caching()
                .get(QUESTION, loader)
                .map(Answer::entry)
                .orElseThrow()
                .content());
        Thread.ofVirtual().start(asking);
        return asking;
    }

    private void change(String how, boolean storeIsAway) {
        switch (how) {
            case "told" -> parts.caching().invalidate(TAGS);
            case "by hand" -> assertThat(parts.control().forget(TAGS)).isEqualTo(!storeIsAway);
            default -> assertThat(parts.control().forgetAll()).isEqualTo(!storeIsAway);
        }
    }

    @ParameterizedTest
    @CsvSource({"told, false", "by hand, false", "told, true", "by hand, true", "all, true"})
    void whoever_asks_after_a_change_is_not_given_what_was_begun_before_it(String how, boolean storeIsAway)
            throws Exception {
        cache.away(storeIsAway);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        FutureTask<Content> before = asking(() -> {
            begun.countDown();
            changed.await();
            return OLD;
        });
        begun.await();
        change(how, storeIsAway);
        FutureTask<Content> after = asking(() -> NEW);
        if (storeIsAway) {
            assertThat(after.get(10, TimeUnit.SECONDS)).isEqualTo(NEW);
        }
        changed.countDown();
        // Where there are claims it waits for that of the other, and is not given what the other has made.
        assertThat(after.get(10, TimeUnit.SECONDS)).isEqualTo(NEW);
        assertThat(before.get(10, TimeUnit.SECONDS)).isEqualTo(OLD);
    }
}
