package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.domain.ratelimits.Standing;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every limiter does with rates. */
abstract class RatesContract extends LimiterFixture {
    private static final int RACERS = 32;
    private static final int STEPS = 700;

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
    void what_costs_nothing_is_admitted_until_there_are_debts() {
        assertThat(admits(ask(FOUR, owner, 4))).isTrue();
        assertThat(admits(ask(FOUR, owner, 0))).isTrue();
        limiter.take(ask(FOUR, owner, 1));
        assertThat(admits(ask(FOUR, owner, 0))).isFalse();
        clock.advance(Duration.ofSeconds(2));
        assertThat(admits(ask(FOUR, owner, 0))).isTrue();
    }

    @Test
    void one_in_shadow_takes_nothing_when_another_refuses() {
        Policy shadow = PolicyText.read("dark: 5 per 10s by address on chat shadow");
        assertThat(admits(ask(FOUR, owner, 4), ask(shadow, address))).isTrue();
        assertThat(admits(ask(FOUR, owner), ask(shadow, address))).isFalse();
        assertThat(left(shadow, address)).isEqualTo(4);
    }

    @Test
    void a_refused_question_says_when_it_would_be_admitted() {
        assertThat(admits(ask(FOUR, owner, 4))).isTrue();
        Duration until = decide(ask(FOUR, owner, 3)).standings().getFirst().untilMore();
        assertThat(until).isEqualTo(Duration.ofSeconds(6));
        clock.advance(until.minusMillis(1));
        assertThat(admits(ask(FOUR, owner, 3))).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(admits(ask(FOUR, owner, 3))).isTrue();
    }

    @Test
    void debts_without_end_stay_debts() {
        Policy slow = PolicyText.read("slow: 1 per 366d by session on chat");
        for (int i = 0; i < 3; i++) {
            limiter.take(ask(slow, owner, 1_000_000));
        }
        Standing standing = decide(ask(slow, owner)).standings().getFirst();
        assertThat(standing.refused()).isTrue();
        assertThat(standing.remaining()).isZero();
        assertThat(standing.untilMore()).isGreaterThan(Duration.ofDays(366));
    }

    @Test
    void many_at_once_get_no_more_than_the_burst_in_whatever_order_they_ask() throws Exception {
        Policy many = PolicyText.read("many: 20 per 1h by session on chat");
        Check mine = ask(many, owner);
        Check everybodys = ask(ALL, Subject.EVERYBODY);
        List<Integer> admitted = Racing.race(RACERS, racer -> {
            int times = 0;
            for (int i = 0; i < 5; i++) {
                times += (racer % 2 == 0 ? admits(mine, everybodys) : admits(everybodys, mine)) ? 1 : 0;
            }
            return times;
        });
        assertThat(admitted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(20);
        assertThat(left(ALL, Subject.EVERYBODY)).isEqualTo(80);
    }

    @ParameterizedTest
    @ValueSource(longs = {20_261_127, 1, 77})
    void over_random_arrivals_it_decides_as_exact_token_buckets_would(long seed) {
        Random random = new Random(seed);
        List<Policy> policies = List.of(
                FOUR,
                PolicyText.read("odd: 7 per 3s by session on chat burst 5"),
                PolicyText.read("bytes: 10000 bytes per 7s by address on uploads burst 3000"),
                PolicyText.read("dark: 11 per 13s by global on chat shadow"));
        List<Subject> subjects = List.of(owner, Subject.of(SessionId.next(ids)), address);
        ExactBuckets exact = new ExactBuckets();
        for (int step = 0; step < STEPS; step++) {
            clock.advance(Duration.ofMillis(random.nextInt(5) == 0 ? random.nextInt(3_000) : random.nextInt(100)));
            List<Check> checks = checks(random, policies, subjects);
            int what = random.nextInt(20);
            if (checks.isEmpty() || what > 1) {
                exact.compare(step, clock.instant(), checks, decide(checks.toArray(Check[]::new)));
            } else if (what == 0) {
                limiter.take(checks.getFirst());
                exact.take(clock.instant(), checks.getFirst());
            } else {
                limiter.giveBack(checks.getFirst());
                exact.giveBack(clock.instant(), checks.getFirst());
            }
        }
        assertThat(exact.admitted()).isGreaterThan(STEPS / 6);
        assertThat(exact.refused()).isGreaterThan(STEPS / 6);
    }

    private static List<Check> checks(Random random, List<Policy> policies, List<Subject> subjects) {
        List<Check> checks = new ArrayList<>();
        for (Policy policy : policies) {
            if (random.nextInt(3) > 0) {
                long cost = random.nextLong(2 + policy.limit().most() / 2);
                checks.add(ask(policy, subjects.get(random.nextInt(subjects.size())), cost));
            }
        }
        return checks;
    }
}
