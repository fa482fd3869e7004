package dev.daveloper.application.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.cache.in.Caching.Answer;
import dev.daveloper.application.cache.in.Caching.How;
import dev.daveloper.application.cache.in.Caching.Loader;
import dev.daveloper.application.cache.in.Caching.Question;
import dev.daveloper.application.testkit.InMemoryCache;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.application.testkit.Racing;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Content;
import dev.daveloper.domain.cache.Demand;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.AgentUnavailable;
import dev.daveloper.domain.failures.NotFound;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CacheServiceTest {
    private static final CacheKey KEY = CacheKey.shared("tools", "all");
    private static final Set<Tag> TAGS = Set.of(Tag.TOOLS);
    private static final Freshness FRESHNESS =
            new Freshness(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(300));

    private final ManualClock clock = new ManualClock();
    private final InMemoryCache cache = new InMemoryCache(clock);
    private final AtomicReference<Double> dice = new AtomicReference<>(0.5);
    private final List<GatewayEvent> heard = new CopyOnWriteArrayList<>();
    private final CacheCounts counts = new CacheCounts(clock.instant());
    private final CacheService service = service();
    private final AtomicInteger made = new AtomicInteger();
    private volatile @Nullable RuntimeException failure;

    /** Always in the middle, so that nothing is jittered, unless a test says otherwise. */
    private CacheService service() {
        RandomGenerator random = new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return dice.get();
            }
        };
        return new CacheService(cache, counts, random, clock, heard::add);
    }

    @AfterEach
    void close() throws Exception {
        service.close();
    }

    private static Question question(Demand demand) {
        return new Question(KEY, TAGS, FRESHNESS, demand);
    }

    private Content make() {
        int number = made.incrementAndGet();
        RuntimeException wrong = failure;
        if (wrong != null) {
            throw wrong;
        }
        return content(number);
    }

    private static Content content(int number) {
        return Content.of("text/plain", Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
    }

    private Answer get() throws InterruptedException {
        return get(Demand.ANY);
    }

    private Answer get(Demand demand) throws InterruptedException {
        return service.get(question(demand), this::make).orElseThrow();
    }

    private static Answer asked(CacheService service, Loader loader) {
        try {
            return service.get(question(Demand.ANY), loader).orElseThrow();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Answer answer) {
        return new String(answer.entry().content().bytes(), StandardCharsets.US_ASCII);
    }

    private static void isGiven(Answer answer, How how, String text) {
        assertThat(answer.how()).isEqualTo(how);
        assertThat(text(answer)).isEqualTo(text);
    }

    @Test
    void what_was_made_once_is_given_to_all_until_it_is_stale() throws Exception {
        isGiven(get(), How.MISS, "1");
        clock.advance(Duration.ofSeconds(59));
        isGiven(get(), How.HIT, "1");
        assertThat(get().kept()).isTrue();
        clock.advance(Duration.ofSeconds(301));
        isGiven(get(), How.MISS, "2");
    }

    @Test
    void what_is_stale_for_a_short_time_is_given_and_made_anew_once() throws Exception {
        get();
        clock.advance(Duration.ofSeconds(70));
        CountDownLatch go = new CountDownLatch(1);
        Loader slow = () -> {
            go.await();
            return make();
        };
        for (int i = 0; i < 5; i++) {
            isGiven(service.get(question(Demand.ANY), slow).orElseThrow(), How.STALE, "1");
        }
        go.countDown();
        await().untilAsserted(() -> isGiven(get(), How.HIT, "2"));
        assertThat(made).hasValue(2);
    }

    @Test
    void what_cannot_be_made_anew_is_given_stale_for_longer_and_then_the_failure_is_told() throws Exception {
        get();
        failure = new AgentUnavailable(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(200));
        isGiven(get(), How.STALE_ON_ERROR, "1");
        isGiven(get(), How.STALE_ON_ERROR, "1");
        assertThat(made).hasValue(3);
        clock.advance(Duration.ofSeconds(200));
        assertThatThrownBy(this::get).isSameAs(failure);
        failure = null;
        isGiven(get(), How.MISS, "5");
    }

    @Test
    void what_is_not_there_any_more_is_not_given_because_it_was_there_before() throws Exception {
        get();
        failure = new NotFound("tool");
        clock.advance(Duration.ofSeconds(200));
        assertThatThrownBy(this::get).isSameAs(failure);
    }

    @Test
    void many_who_miss_at_once_have_it_made_once() throws Exception {
        CountDownLatch all = new CountDownLatch(1);
        AtomicInteger asking = new AtomicInteger();
        List<Answer> answers = Racing.race(100, racer -> {
            if (asking.incrementAndGet() == 100) {
                all.countDown();
            }
            return asked(service, () -> {
                all.await();
                return make();
            });
        });
        assertThat(made).hasValue(1);
        assertThat(answers).extracting(CacheServiceTest::text).containsOnly("1");
        assertThat(answers).filteredOn(answer -> answer.how() == How.MISS).hasSize(1);
    }

    @Test
    void two_nodes_have_it_made_once_and_a_failure_is_told_to_all_and_not_kept() throws Exception {
        CacheService other = new CacheService(cache, counts, RandomGenerator.getDefault(), clock, heard::add);
        failure = new AgentUnavailable(Duration.ofSeconds(1));
        assertThatThrownBy(this::get).isSameAs(failure);
        failure = null;
        List<Answer> answers = Racing.race(20, racer -> asked(racer % 2 == 0 ? service : other, this::make));
        assertThat(made).hasValue(2);
        assertThat(answers).extracting(CacheServiceTest::text).containsOnly("2");
        other.close();
    }

    @Test
    void a_caller_gets_what_it_demands() throws Exception {
        get();
        clock.advance(Duration.ofSeconds(20));
        isGiven(get(demand(Optional.of(30), 0, Optional.empty())), How.HIT, "1");
        isGiven(get(demand(Optional.of(10), 0, Optional.empty())), How.EXPIRED, "2");
        isGiven(get(demand(Optional.empty(), 61, Optional.empty())), How.EXPIRED, "3");
        clock.advance(Duration.ofSeconds(100));
        isGiven(get(demand(Optional.empty(), 0, Optional.of(100))), How.STALE, "3");
        isGiven(get(demand(Optional.empty(), 0, Optional.of(10))), How.EXPIRED, "4");
        isGiven(
                get(new Demand(true, true, false, Optional.empty(), Duration.ZERO, Optional.empty())),
                How.REQUESTED,
                "5");
        isGiven(get(), How.HIT, "5");
    }

    private static Demand demand(Optional<Integer> maxAge, int minFresh, Optional<Integer> maxStale) {
        return new Demand(
                false,
                true,
                false,
                maxAge.map(Duration::ofSeconds),
                Duration.ofSeconds(minFresh),
                maxStale.map(Duration::ofSeconds));
    }

    @Test
    void what_must_not_be_kept_is_not_and_what_is_only_to_be_found_is_not_made() throws Exception {
        Demand onlyKept = new Demand(false, true, true, Optional.empty(), Duration.ZERO, Optional.empty());
        assertThat(service.get(question(onlyKept), this::make)).isEmpty();
        Demand notKept = new Demand(false, false, false, Optional.empty(), Duration.ZERO, Optional.empty());
        assertThat(get(notKept).kept()).isFalse();
        assertThat(service.get(question(onlyKept), this::make)).isEmpty();
        assertThat(service.get(new Question(KEY, TAGS, Freshness.NONE, Demand.ANY), this::make)
                        .orElseThrow()
                        .how())
                .isEqualTo(How.BYPASS);
        assertThat(service.get(question(onlyKept), this::make)).isEmpty();
    }

    @Test
    void a_cache_that_is_away_costs_an_answer_nothing_but_the_making() throws Exception {
        cache.away(true);
        isGiven(get(), How.BYPASS, "1");
        isGiven(get(), How.BYPASS, "2");
        cache.away(false);
        isGiven(get(), How.MISS, "3");
        isGiven(get(), How.HIT, "3");
    }

    @Test
    void what_was_costly_to_make_is_made_anew_before_it_is_stale() throws Exception {
        isGiven(
                asked(service, () -> {
                    clock.advance(Duration.ofSeconds(4));
                    return make();
                }),
                How.MISS,
                "1");
        clock.advance(Duration.ofSeconds(58));
        dice.set(0.0);
        isGiven(get(), How.HIT, "1");
        assertThat(made).hasValue(1);
        dice.set(0.9);
        isGiven(get(), How.HIT, "1");
        await().untilAsserted(() -> assertThat(made).hasValue(2));
    }

    @Test
    void a_defect_in_the_background_is_told_of_and_a_refusal_is_not() throws Exception {
        get();
        clock.advance(Duration.ofSeconds(70));
        failure = new NotFound("tool");
        get();
        await().untilAsserted(() -> assertThat(made).hasValue(2));
        IllegalStateException defect = new IllegalStateException("a defect");
        failure = defect;
        // Each call may be the one that finds the last attempt ended, and makes another.
        await().untilAsserted(() -> {
            get();
            assertThat(heard).isNotEmpty();
        });
        assertThat(heard)
                .allSatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                GatewayEvent.Trouble.class,
                                trouble -> assertThat(trouble.cause()).isSameAs(defect)));
    }
}
