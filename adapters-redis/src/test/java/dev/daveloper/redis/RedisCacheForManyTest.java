package dev.daveloper.redis;

import static dev.daveloper.redis.CachedThings.KEY;
import static dev.daveloper.redis.CachedThings.TAGS;
import static dev.daveloper.redis.CachedThings.content;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.cache.CacheParts;
import dev.daveloper.application.cache.in.Caching;
import dev.daveloper.application.cache.in.Caching.Answer;
import dev.daveloper.application.cache.in.Caching.How;
import dev.daveloper.application.cache.in.Caching.Loader;
import dev.daveloper.application.cache.in.Caching.Question;
import dev.daveloper.application.testkit.Racing;
import dev.daveloper.domain.cache.Content;
import dev.daveloper.domain.cache.Demand;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.StoreUnavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many who want the same at once, on two nodes, have it made once. */
@Timeout(120)
class RedisCacheForManyTest {
    private static final int CALLERS = 100;
    private static final Question QUESTION = new Question(KEY, TAGS, Freshness.of(Duration.ofMinutes(5)), Demand.ANY);

    /** So long that all have asked before it is over. */
    private static final Duration MAKING = Duration.ofSeconds(2);

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final List<CacheParts> nodes = new ArrayList<>();
    private final AtomicInteger made = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);

    @BeforeEach
    void open() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            nodes.add(new CacheParts(
                    opener.open(opener.config()).cache(), new Random(i), InstantSource.system(), event -> {}));
        }
    }

    @AfterEach
    void close() throws InterruptedException {
        for (CacheParts node : nodes) {
            node.close();
        }
    }

    private Content slowly() throws InterruptedException {
        made.incrementAndGet();
        assertThat(never.await(MAKING.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
        return content("made");
    }

    private Content failing() {
        made.incrementAndGet();
        throw new StoreUnavailable(new IllegalStateException("for the test"));
    }

    private Answer ask(int node, Loader loader) {
        Caching caching = nodes.get(node).caching();
        try {
            return caching.get(QUESTION, loader).orElseThrow();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean fails(int node) {
        try {
            ask(node, this::failing);
            return false;
        } catch (GatewayException e) {
            return true;
        }
    }

    @Test
    void what_many_miss_on_two_nodes_is_made_once() throws Exception {
        List<Answer> answers = Racing.race(CALLERS, caller -> ask(caller % 2, this::slowly));
        assertThat(made).hasValue(1);
        assertThat(answers).allMatch(answer -> answer.entry().content().equals(content("made")));
        assertThat(answers).filteredOn(answer -> answer.how() == How.MISS).hasSize(1);
        assertThat(ask(1, this::slowly).how()).isEqualTo(How.HIT);
        assertThat(made).hasValue(1);
    }

    @Test
    void what_cannot_be_made_is_not_kept_and_made_anew_by_who_comes_next() throws Exception {
        assertThat(Racing.race(CALLERS, caller -> fails(caller % 2))).containsOnly(true);
        int failed = made.get();
        assertThat(fails(0)).isTrue();
        assertThat(made).hasValue(failed + 1);
        assertThat(ask(1, () -> content("at last")).how()).isEqualTo(How.MISS);
        assertThat(ask(0, this::failing).how()).isEqualTo(How.HIT);
    }
}
