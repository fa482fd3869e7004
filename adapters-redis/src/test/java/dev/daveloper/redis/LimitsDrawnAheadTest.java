package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.application.testkit.Racing;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.domain.ratelimits.Standing;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.redis.RedisConfig.Ahead;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn ahead for busy subjects: never more than there is, told honestly, and given back. */
@Timeout(120)
class LimitsDrawnAheadTest {
    private static final int CALLS = 16;

    /** Longer than any of these tests: whoever asks twice is busy. */
    private static final Ahead LONG = new Ahead(CALLS, CALLS, Duration.ofMinutes(5));

    @Nested
    class OnOneServer extends Drawing {
        @Override
        RedisConfig config() {
            return opener.config();
        }
    }

    @Nested
    class InACluster extends Drawing {
        @Override
        RedisConfig config() {
            return opener.clustered();
        }
    }

    abstract static class Drawing {
        private static final int RACERS = 16;
        private static final int QUESTIONS = 400;
        private static final int PER_SECOND = 200;
        private static final int BURST = 1_000;
        private static final int STEPS = 1_500;

        @RegisterExtension
        final TestAdapters opener = new TestAdapters();

        private final ManualClock clock = new ManualClock();
        private final Subject subject = Subject.of(new Conversations(InstantSource.system()).someSession());
        private final Subject address = Subject.of(new ClientAddress("cb007142"));
        private final Check wide = of("wide: 1000 per 1000s by session on chat", subject);

        abstract RedisConfig config();

        private static Check of(String policy, Subject subject) {
            return new Check(PolicyText.read(policy), subject, 1);
        }

        private RateLimiter drawing() throws InterruptedException {
            return opener.open(config().with(LONG).withClock(clock)).rateLimiter();
        }

        private RateLimiter exact() throws InterruptedException {
            return opener.open(config().with(Ahead.NOTHING).withClock(clock)).rateLimiter();
        }

        private static Decision ask(RateLimiter limiter, Check... checks) {
            return limiter.ask(List.of(checks), "ticket").await();
        }

        private static long remaining(RateLimiter limiter, Check check) {
            return ask(limiter, check).standings().getFirst().remaining();
        }

        private static long left(RateLimiter limiter, Check check) {
            return remaining(limiter, check.costing(0));
        }

        @Test
        void each_call_is_told_what_is_left_as_if_nothing_were_drawn() throws Exception {
            RateLimiter limiter = drawing();
            for (int left = 999; left >= 0; left--) {
                Standing standing = ask(limiter, wide).standings().getFirst();
                assertThat(standing.remaining()).isEqualTo(left);
                assertThat(standing.untilMore()).isEqualTo(Duration.ofSeconds(1));
            }
            assertThat(ask(limiter, wide)).isInstanceOf(Decision.Refused.class);
        }

        @Test
        void of_a_busy_subject_other_nodes_miss_what_is_drawn_and_of_a_quiet_one_nothing() throws Exception {
            RateLimiter limiter = drawing();
            RateLimiter other = exact();
            ask(limiter, wide);
            assertThat(left(other, wide)).isEqualTo(999);
            ask(limiter, wide);
            assertThat(left(other, wide)).isEqualTo(998 - CALLS);
            for (int i = 0; i < CALLS; i++) {
                ask(limiter, wide);
            }
            // Drawn again when little is left of the first, whenever that is answered.
            assertThat(left(other, wide)).isBetween(998L - 2 * CALLS, 998L - CALLS);
        }

        @Test
        void no_more_than_an_eighth_of_what_is_left_is_drawn() throws Exception {
            RateLimiter limiter = drawing();
            RateLimiter other = exact();
            Check few = of("few: 20 per 1000s by session on chat", subject);
            ask(limiter, few);
            ask(limiter, few);
            assertThat(left(other, few)).as("2 of 18").isEqualTo(16);
            for (int i = 0; i < 3; i++) {
                ask(limiter, few);
            }
            assertThat(left(other, few)).as("1 of 15").isEqualTo(14);
            ask(other, few.costing(7));
            ask(limiter, few);
            assertThat(left(other, few)).as("spent from the purse").isEqualTo(7);
            ask(limiter, few);
            assertThat(left(other, few)).as("none of 6").isEqualTo(6);
        }

        @Test
        void what_nobody_spends_comes_back() throws Exception {
            Check days = of("days: 1000 per 30d by session on chat", subject);
            RateLimiter other = opener.open(config()).rateLimiter();
            RateLimiter limiter = opener.open(config()).rateLimiter();
            for (int i = 0; i < 20; i++) {
                ask(limiter, days);
            }
            await().until(() -> left(other, days) == 980);
        }

        @Test
        void calls_may_cost_more_and_differently() throws Exception {
            RateLimiter limiter = drawing();
            RateLimiter other = exact();
            Random random = new Random(7);
            long spent = 0;
            while (spent < 900) {
                long cost = 1L + random.nextInt(3);
                Decision decision = ask(limiter, wide.costing(cost));
                assertThat(decision).isInstanceOf(Decision.Admitted.class);
                spent += cost;
                assertThat(decision.standings().getFirst().remaining()).isBetween(1_000 - spent - 4, 1_000 - spent);
            }
            assertThat(left(other, wide)).isBetween(1_000 - spent - 6L * CALLS, 1_000 - spent);
        }

        @Test
        void a_changed_policy_does_not_spend_what_was_drawn_before() throws Exception {
            RateLimiter limiter = drawing();
            ask(limiter, wide);
            ask(limiter, wide);
            assertThat(ask(limiter, of("wide: 1 per 1000s by session on chat", subject)))
                    .isInstanceOf(Decision.Refused.class);
            assertThat(ask(limiter, of("wide: 1000 per 1000s by session on chat burst 10", subject)))
                    .isInstanceOf(Decision.Refused.class);
            assertThat(remaining(limiter, wide)).isEqualTo(997);
        }

        @Test
        void all_is_paid_or_nothing() throws Exception {
            RateLimiter limiter = drawing();
            Check tight = of("tight: 1 per 1000s by address on chat", address);
            assertThat(ask(limiter, tight)).isInstanceOf(Decision.Admitted.class);
            ask(limiter, wide);
            assertThat(remaining(limiter, wide)).isEqualTo(998);
            for (int i = 0; i < 2 * CALLS; i++) {
                assertThat(ask(limiter, wide, tight)).isInstanceOf(Decision.Refused.class);
            }
            assertThat(remaining(limiter, wide)).isEqualTo(997);
        }

        @Test
        void beside_slots_and_budgets_nothing_is_drawn() throws Exception {
            RateLimiter limiter = drawing();
            RateLimiter other = exact();
            Check slots = of("places: 9 at once by session on chat", subject);
            Check tokens = of("tokens: 1000 tokens per 1000s by session on chat", subject);
            for (int i = 0; i < 5; i++) {
                ask(limiter, wide, slots);
                ask(limiter, tokens);
            }
            assertThat(left(other, wide)).isEqualTo(995);
            assertThat(left(other, tokens)).isEqualTo(995);
        }

        @Test
        void one_in_shadow_that_is_over_is_not_paid_for() throws Exception {
            RateLimiter limiter = drawing();
            Check dark = of("dark: 20 per 1000s by address on chat shadow", address);
            for (int i = 0; i < 30; i++) {
                Decision decision = ask(limiter, wide, dark);
                assertThat(decision).isInstanceOf(Decision.Admitted.class);
                assertThat(decision.standings()).extracting(Standing::refused).containsExactly(false, i >= 20);
                assertThat(decision.standings().getFirst().remaining()).isEqualTo(999 - i);
            }
        }

        @Test
        void nodes_that_race_admit_no_more_than_there_was_and_flowed_in() throws Exception {
            List<RateLimiter> nodes = List.of(
                    opener.open(config()).rateLimiter(), opener.open(config()).rateLimiter());
            String rate = PER_SECOND + " per 1s by ";
            Check mine = of("mine: " + rate + "session on chat burst " + BURST, subject);
            Check all = of("all: " + rate + "global on chat burst " + BURST, Subject.EVERYBODY);
            long start = System.nanoTime();
            int admitted = Racing.race(RACERS, racer -> {
                        int times = 0;
                        for (int i = 0; i < QUESTIONS; i++) {
                            Decision decision = ask(nodes.get((racer + i) % 2), mine, all);
                            times += decision instanceof Decision.Admitted ? 1 : 0;
                        }
                        return times;
                    })
                    .stream()
                    .mapToInt(times -> times)
                    .sum();
            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat(admitted)
                    .isGreaterThanOrEqualTo(BURST)
                    .isLessThanOrEqualTo(BURST + (int) Math.ceil(PER_SECOND * seconds));
        }

        /** Of several nodes none knows what the others took since it asked; of one it is told to the last request. */
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void over_random_arrivals_never_more_is_admitted_than_there_is(int nodeCount) throws Exception {
            Random random = new Random(nodeCount);
            List<RateLimiter> nodes = new ArrayList<>();
            while (nodes.size() < nodeCount) {
                nodes.add(drawing());
            }
            Check some = of("some: 50 per 10s by session on chat burst 90", subject);
            long start = clock.millis();
            long admitted = 0;
            for (int step = 0; step < STEPS; step++) {
                clock.advance(Duration.ofMillis(random.nextInt(20) == 0 ? random.nextInt(4_000) : random.nextInt(200)));
                Check asked = some.costing(1L + random.nextInt(3));
                Decision decision = ask(nodes.get(random.nextInt(nodeCount)), asked);
                admitted += decision instanceof Decision.Admitted ? asked.cost() : 0;
                double most = 90 + 50 * (clock.millis() - start) / 10_000.0;
                assertThat((double) admitted).as("step %d", step).isLessThanOrEqualTo(most);
                if (nodeCount == 1) {
                    assertThat((double) decision.standings().getFirst().remaining())
                            .as("step %d", step)
                            .isLessThanOrEqualTo(most - admitted);
                }
            }
            assertThat(admitted).isGreaterThan(STEPS / 2);
        }
    }
}
