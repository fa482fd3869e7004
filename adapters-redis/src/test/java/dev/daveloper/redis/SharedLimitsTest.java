package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.application.ratelimits.out.RateLimiter.Slot;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.Racing;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.domain.ratelimits.Standing;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes count together, by the clock of Redis, however many ask at once. */
@Timeout(120)
class SharedLimitsTest {
    private static final int RACERS = 32;
    private static final int QUESTIONS = 60;
    private static final int PER_SECOND = 100;
    private static final int BURST = 40;
    private static final int SLOTS = 3;

    @Nested
    class OnOneServer extends Shared {
        @Override
        RedisConfig config() {
            return opener.config();
        }
    }

    @Nested
    class InACluster extends Shared {
        @Override
        RedisConfig config() {
            return opener.clustered();
        }

        /** The address's shard admits what the session's refuses. */
        @Test
        void what_one_shard_took_is_given_back_when_another_refuses() throws Exception {
            RateLimiter limiter = opener.open(config()).rateLimiter();
            Check address = elsewhere("days: 1000 per 30d by address on chat");
            Check slot = elsewhere("places: 9 at once by address on chat");
            Check session = check("chat: 1 per 30d by session on chat");
            assertThat(ask(limiter, address, slot, session)).isInstanceOf(Decision.Admitted.class);
            for (int i = 0; i < 20; i++) {
                Decision decision = ask(limiter, address, slot, session);
                assertThat(decision).isInstanceOf(Decision.Refused.class);
                assertThat(decision.standings()).extracting(Standing::refused).containsExactly(false, false, true);
                assertThat(decision.standings().getLast().remaining()).isZero();
            }
            // What was to be given back was sent before; the answer to this comes after it.
            List<Standing> after = ask(limiter, address, slot).standings();
            assertThat(after).extracting(Standing::remaining).containsExactly(998L, 8L);
        }

        private Check elsewhere(String policy) {
            for (int i = 0; ; i++) {
                Subject address = Subject.of(new ClientAddress(Integer.toHexString(i)));
                if (!shardOf(address).equals(shardOf(Subject.of(session)))) {
                    return new Check(PolicyText.read(policy), address, 1);
                }
            }
        }

        private String shardOf(Subject subject) {
            return new Keys("p").taken("any", subject).replaceFirst("}.*", "");
        }
    }

    abstract static class Shared {
        @RegisterExtension
        final TestAdapters opener = new TestAdapters();

        private final Conversations conversations = new Conversations(InstantSource.system());
        final SessionId session = conversations.someSession();

        abstract RedisConfig config();

        Check check(String policy) {
            return new Check(PolicyText.read(policy), Subject.of(session), 1);
        }

        static Decision ask(RateLimiter limiter, Check... checks) {
            return limiter.ask(List.of(checks), "ticket").await();
        }

        private List<RateLimiter> two() throws InterruptedException {
            return List.of(
                    opener.open(config()).rateLimiter(), opener.open(config()).rateLimiter());
        }

        @Test
        void together_they_admit_what_there_was_and_what_flowed_in_and_no_more() throws Exception {
            List<RateLimiter> nodes = two();
            Check fast = check("fast: " + PER_SECOND + " per 1s by session on chat burst " + BURST);
            Check all = new Check(
                    PolicyText.read("all: " + PER_SECOND + " per 1s by global on chat burst " + BURST),
                    Subject.EVERYBODY,
                    1);
            long start = System.nanoTime();
            int admitted = Racing.race(RACERS, racer -> {
                        int mine = 0;
                        for (int i = 0; i < QUESTIONS; i++) {
                            Decision decision = ask(nodes.get((racer + i) % 2), fast, all);
                            mine += decision instanceof Decision.Admitted ? 1 : 0;
                        }
                        return mine;
                    })
                    .stream()
                    .mapToInt(mine -> mine)
                    .sum();
            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat(admitted)
                    .isGreaterThanOrEqualTo(BURST)
                    .isLessThanOrEqualTo(BURST + (int) Math.ceil(PER_SECOND * seconds));
        }

        @Test
        void no_more_hold_a_slot_at_once_than_there_are() throws Exception {
            List<RateLimiter> nodes = two();
            Check places = check("places: " + SLOTS + " at once by session on chat");
            AtomicInteger inside = new AtomicInteger();
            List<Integer> most = Racing.race(RACERS, racer -> {
                int seen = 0;
                for (int i = 0; i < QUESTIONS; i++) {
                    String ticket = racer + "/" + i;
                    RateLimiter node = nodes.get(racer % 2);
                    if (node.ask(List.of(places), ticket).await() instanceof Decision.Admitted) {
                        seen = Math.max(seen, inside.incrementAndGet());
                        inside.decrementAndGet();
                        node.release(List.of(new Slot(places.policy(), places.subject(), ticket)));
                    }
                }
                return seen;
            });
            assertThat(most).allMatch(seen -> seen <= SLOTS).anyMatch(seen -> seen > 0);
            await().until(() -> nodes.getFirst()
                            .ask(List.of(places), "last")
                            .await()
                            .standings()
                            .getFirst()
                            .remaining()
                    == SLOTS - 1);
        }

        @Test
        void of_many_who_settle_a_run_one_does() throws Exception {
            List<RateLimiter> nodes = two();
            List<Check> budgets = new ArrayList<>();
            budgets.add(check("tokens: 1000 tokens per 30d by session on chat").costing(800));
            budgets.add(new Check(
                    PolicyText.read("everybody: 1000 tokens per 30d by global on chat"), Subject.EVERYBODY, 800));
            RunRef run = new RunRef(session, new RunId("run_01jz0000000000000000000001"));
            nodes.getFirst().ask(budgets, "ticket").await();
            nodes.getFirst().hold(run, budgets, Duration.ofMinutes(10));
            Racing.race(RACERS, racer -> {
                nodes.get(racer % 2).settle(run, 300);
                return racer;
            });
            await().untilAsserted(() -> assertThat(nodes.getLast()
                            .ask(
                                    budgets.stream()
                                            .map(budget -> budget.costing(0))
                                            .toList(),
                                    "ticket")
                            .await()
                            .standings())
                    .extracting(Standing::remaining)
                    .containsExactly(700L, 700L));
        }
    }
}
