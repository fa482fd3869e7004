package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.application.ratelimits.out.RateLimiter.Slot;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.domain.ratelimits.Standing;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link RateLimiter} does. Times are whole milliseconds. */
public abstract class RateLimiterContract {
    private static final Policy FOUR = PolicyText.read("four: 4 per 8s by session on chat");
    private static final Policy TWO = PolicyText.read("two: 2 per 10s by address on chat");
    private static final Policy ALL = PolicyText.read("all: 100 per 100s by global on chat");
    private static final Policy SLOTS = PolicyText.read("slots: 2 at once by session on chat");
    private static final Policy BUDGET = PolicyText.read("budget: 1000 tokens per 1000s by session on chat");
    private static final Duration KEEP = Duration.ofHours(1);

    private final ManualClock clock = new ManualClock();
    private final Ids ids = new Ids(clock, new Random());
    private final SessionId session = SessionId.next(ids);
    private final Subject owner = Subject.of(session);
    private final Subject address = Subject.of(new ClientAddress("c0000207"));
    private final AtomicInteger tickets = new AtomicInteger();
    private RateLimiter limiter;

    /** One in which nothing is taken yet. */
    protected abstract RateLimiter open(InstantSource time) throws Exception;

    @BeforeEach
    void open() throws Exception {
        limiter = open(clock);
    }

    private static Check ask(Policy policy, Subject subject) {
        return new Check(policy, subject, 1);
    }

    private static Check ask(Policy policy, Subject subject, long cost) {
        return new Check(policy, subject, cost);
    }

    private Decision decide(Check... checks) {
        return limiter.ask(List.of(checks), "t" + tickets.incrementAndGet()).await();
    }

    private boolean admits(Check... checks) {
        return decide(checks) instanceof Decision.Admitted;
    }

    private long left(Policy policy, Subject subject) {
        return decide(ask(policy, subject, 0)).standings().getFirst().remaining();
    }

    @Test
    void it_admits_up_to_the_burst_and_then_as_quota_flows_in() {
        for (int left = 3; left >= 0; left--) {
            Standing standing = decide(ask(FOUR, owner)).standings().getFirst();
            assertThat(standing.refused()).isFalse();
            assertThat(standing.remaining()).isEqualTo(left);
            assertThat(standing.untilMore()).isEqualTo(Duration.ofSeconds(2));
        }
        Standing refused = decide(ask(FOUR, owner)).standings().getFirst();
        assertThat(refused.refused()).isTrue();
        assertThat(refused.untilMore()).isEqualTo(Duration.ofSeconds(2));
        clock.advance(Duration.ofMillis(1_999));
        assertThat(admits(ask(FOUR, owner))).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(admits(ask(FOUR, owner))).isTrue();
        assertThat(admits(ask(FOUR, owner))).isFalse();
        clock.advance(Duration.ofDays(3));
        assertThat(left(FOUR, owner)).isEqualTo(4);
    }

    @Test
    void what_costs_more_takes_more_and_what_costs_more_than_a_burst_is_never_admitted() {
        assertThat(admits(ask(FOUR, owner, 3))).isTrue();
        assertThat(admits(ask(FOUR, owner, 2))).isFalse();
        assertThat(admits(ask(FOUR, owner, 1))).isTrue();
        clock.advance(Duration.ofDays(1));
        assertThat(admits(ask(FOUR, owner, 5))).isFalse();
        assertThat(left(FOUR, owner)).isEqualTo(4);
    }

    @Test
    void all_that_is_asked_for_is_taken_or_nothing() {
        assertThat(admits(ask(FOUR, owner), ask(TWO, address), ask(ALL, Subject.EVERYBODY)))
                .isTrue();
        assertThat(admits(ask(FOUR, owner), ask(TWO, address), ask(ALL, Subject.EVERYBODY)))
                .isTrue();
        Decision refused = decide(ask(FOUR, owner), ask(TWO, address), ask(ALL, Subject.EVERYBODY));
        assertThat(refused).isInstanceOf(Decision.Refused.class);
        assertThat(refused.standings())
                .extracting(standing -> standing.policy().name())
                .containsExactly("four", "two", "all");
        assertThat(refused.standings()).extracting(Standing::refused).containsExactly(false, true, false);
        assertThat(refused.standings()).extracting(Standing::remaining).containsExactly(2L, 0L, 98L);
        assertThat(left(FOUR, owner)).isEqualTo(2);
        assertThat(left(ALL, Subject.EVERYBODY)).isEqualTo(98);
    }

    @Test
    void one_in_shadow_refuses_nobody_and_takes_nothing_when_it_is_over() {
        Policy shadow = PolicyText.read("dark: 1 per 10s by address on chat shadow");
        assertThat(admits(ask(FOUR, owner), ask(shadow, address))).isTrue();
        Decision second = decide(ask(FOUR, owner), ask(shadow, address));
        assertThat(second).isInstanceOf(Decision.Admitted.class);
        assertThat(second.standings()).extracting(Standing::refused).containsExactly(false, true);
        assertThat(left(FOUR, owner)).isEqualTo(2);
        clock.advance(Duration.ofSeconds(10));
        assertThat(decide(ask(shadow, address)).standings().getFirst().refused())
                .isFalse();
    }

    @Test
    void subjects_and_policies_are_counted_apart() {
        assertThat(admits(ask(FOUR, owner, 4))).isTrue();
        assertThat(left(FOUR, Subject.of(SessionId.next(ids)))).isEqualTo(4);
        assertThat(left(TWO, address)).isEqualTo(2);
        assertThat(left(PolicyText.read("other: 4 per 8s by session on chat"), owner))
                .isEqualTo(4);
    }

    @Test
    void a_changed_policy_finds_what_was_taken_before() {
        assertThat(admits(ask(FOUR, owner, 4))).isTrue();
        Policy wider = PolicyText.read("four: 8 per 8s by session on chat");
        assertThat(left(wider, owner)).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(left(wider, owner)).isEqualTo(1);
    }

    @Test
    void more_may_be_taken_than_is_there_and_has_to_flow_in_first() {
        limiter.take(ask(FOUR, owner, 6));
        assertThat(left(FOUR, owner)).isZero();
        assertThat(admits(ask(FOUR, owner))).isFalse();
        clock.advance(Duration.ofSeconds(4));
        assertThat(admits(ask(FOUR, owner, 0))).isTrue();
        assertThat(admits(ask(FOUR, owner))).isFalse();
        clock.advance(Duration.ofSeconds(2));
        assertThat(admits(ask(FOUR, owner))).isTrue();
    }

    @Test
    void what_is_given_back_is_there_again_and_never_more_than_the_burst() {
        assertThat(admits(ask(FOUR, owner, 3))).isTrue();
        limiter.giveBack(ask(FOUR, owner, 2));
        assertThat(left(FOUR, owner)).isEqualTo(3);
        limiter.giveBack(ask(FOUR, owner, 4));
        limiter.giveBack(ask(TWO, address, 1));
        assertThat(left(FOUR, owner)).isEqualTo(4);
        assertThat(left(TWO, address)).isEqualTo(2);
    }

    @Test
    void slots_are_held_until_they_are_released() {
        assertThat(limiter.ask(List.of(ask(SLOTS, owner)), "a").await()).isInstanceOf(Decision.Admitted.class);
        Standing second =
                limiter.ask(List.of(ask(SLOTS, owner)), "b").await().standings().getFirst();
        assertThat(second.remaining()).isZero();
        assertThat(second.untilMore()).isZero();
        assertThat(admits(ask(SLOTS, owner))).isFalse();
        limiter.release(List.of(new Slot(SLOTS, owner, "a")));
        limiter.release(List.of(new Slot(SLOTS, owner, "a")));
        assertThat(limiter.ask(List.of(ask(SLOTS, owner)), "c").await()).isInstanceOf(Decision.Admitted.class);
        assertThat(admits(ask(SLOTS, owner))).isFalse();
    }

    @Test
    void a_slot_that_nobody_renews_is_free_after_its_lease() {
        limiter.ask(List.of(ask(SLOTS, owner)), "a").await();
        limiter.ask(List.of(ask(SLOTS, owner)), "b").await();
        clock.advance(RateLimiter.SLOT_LEASE.minusMillis(1));
        limiter.renew(List.of(new Slot(SLOTS, owner, "a")));
        assertThat(admits(ask(SLOTS, owner))).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(limiter.ask(List.of(ask(SLOTS, owner)), "c").await()).isInstanceOf(Decision.Admitted.class);
        limiter.renew(List.of(new Slot(SLOTS, owner, "b")));
        assertThat(admits(ask(SLOTS, owner))).as("a, b and c hold two slots").isFalse();
    }

    @Test
    void a_refused_question_holds_no_slot() {
        assertThat(admits(ask(TWO, address, 2))).isTrue();
        assertThat(admits(ask(SLOTS, owner), ask(TWO, address))).isFalse();
        assertThat(limiter.ask(List.of(ask(SLOTS, owner)), "a").await()).isInstanceOf(Decision.Admitted.class);
        assertThat(limiter.ask(List.of(ask(SLOTS, owner)), "b").await()).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void what_a_run_took_is_corrected_to_what_it_used_once() {
        RunRef run = new RunRef(session, RunId.next(ids));
        assertThat(admits(ask(BUDGET, owner, 500))).isTrue();
        limiter.hold(run, List.of(ask(BUDGET, owner, 500)), KEEP);
        limiter.settle(run, 120);
        assertThat(left(BUDGET, owner)).isEqualTo(880);
        limiter.settle(run, 120);
        limiter.settle(new RunRef(session, RunId.next(ids)), 0);
        assertThat(left(BUDGET, owner)).isEqualTo(880);
    }

    @Test
    void what_is_held_later_replaces_what_was_held_before_and_a_run_may_use_more() {
        RunRef run = new RunRef(session, RunId.next(ids));
        Policy world = PolicyText.read("world: 1000 tokens per 1000s by global on chat");
        assertThat(admits(ask(BUDGET, owner, 300), ask(world, Subject.EVERYBODY, 200)))
                .isTrue();
        limiter.hold(run, List.of(ask(BUDGET, owner, 100)), KEEP);
        limiter.hold(run, List.of(ask(BUDGET, owner, 300), ask(world, Subject.EVERYBODY, 200)), KEEP);
        limiter.settle(run, 250);
        assertThat(left(BUDGET, owner)).isEqualTo(750);
        assertThat(left(world, Subject.EVERYBODY)).isEqualTo(750);
    }

    @Test
    void many_at_once_get_no_more_than_the_burst() throws Exception {
        Policy many = PolicyText.read("many: 50 per 1h by session on chat");
        AtomicInteger admitted = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int k = 0; k < 20; k++) {
                    if (admits(ask(many, owner), ask(ALL, Subject.EVERYBODY))) {
                        admitted.incrementAndGet();
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(admitted).hasValue(50);
        assertThat(left(ALL, Subject.EVERYBODY)).isEqualTo(50);
    }

    @Test
    void over_random_arrivals_it_decides_as_exact_token_buckets_would() {
        Random random = new Random(20_261_127);
        Policy[] policies = {
            FOUR,
            PolicyText.read("odd: 7 per 3s by session on chat burst 5"),
            PolicyText.read("bytes: 10000 bytes per 7s by address on uploads burst 3000")
        };
        Subject[] subjects = {owner, Subject.of(SessionId.next(ids)), address};
        ExactBuckets exact = new ExactBuckets();
        for (int step = 0; step < 2_000; step++) {
            clock.advance(Duration.ofMillis(random.nextInt(5) == 0 ? random.nextInt(3_000) : random.nextInt(100)));
            List<Check> checks = new ArrayList<>();
            for (Policy policy : policies) {
                if (random.nextInt(3) > 0) {
                    long most = policy.limit().most();
                    long cost = 1 + random.nextLong(Math.max(1, most / 2));
                    checks.add(ask(policy, subjects[random.nextInt(subjects.length)], cost));
                }
            }
            if (checks.isEmpty()) {
                continue;
            }
            Decision decision = decide(checks.toArray(Check[]::new));
            exact.compare(step, clock.instant(), checks, decision);
        }
        assertThat(exact.admitted()).isGreaterThan(300);
        assertThat(exact.refused()).isGreaterThan(300);
    }
}
