package dev.daveloper.embedded.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.application.ratelimits.out.RateLimiter.Slot;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.application.testkit.Racing;
import dev.daveloper.application.testkit.RateLimiterContract;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EmbeddedRateLimiterTest extends RateLimiterContract {
    private static final Policy DAILY = PolicyText.read("daily: 10 per 1d by address on chat");
    private static final Policy SLOT = PolicyText.read("slot: 1 at once by address on chat");
    private static final Duration SPARE = RateLimiter.SLOT_LEASE.multipliedBy(2);
    /** How late the cache may be in forgetting. */
    private static final Duration WHEEL = Duration.ofSeconds(2);

    private final ManualClock clock = new ManualClock();
    private final Instant start = clock.instant();
    private final EmbeddedRateLimiter limiter = ofAtMost(EmbeddedRateLimiter.MAX_CELLS);

    /** One that forgets by the same clock as it counts by. */
    private EmbeddedRateLimiter ofAtMost(int maxCells) {
        return new EmbeddedRateLimiter(
                clock, () -> Duration.between(start, clock.instant()).toNanos(), maxCells);
    }

    @Override
    protected RateLimiter open(InstantSource time) {
        return new EmbeddedRateLimiter(time);
    }

    private static Check of(Policy policy, int address, long cost) {
        return new Check(policy, Subject.of(new ClientAddress("%08x".formatted(address))), cost);
    }

    private static boolean admits(EmbeddedRateLimiter asked, Check check, String ticket) {
        return asked.ask(List.of(check), ticket).await() instanceof Decision.Admitted;
    }

    private boolean admits(Check check) {
        return admits(limiter, check, "t");
    }

    private long left(int address) {
        Decision decision = limiter.ask(List.of(of(DAILY, address, 0)), "t").await();
        return decision.standings().getFirst().remaining();
    }

    @Test
    void no_more_is_kept_than_may_be() {
        EmbeddedRateLimiter small = ofAtMost(100);
        for (int i = 0; i < 5_000; i++) {
            small.ask(List.of(of(DAILY, i, 1)), "t").await();
        }
        assertThat(small.size()).isLessThanOrEqualTo(100);
    }

    @Test
    void a_subject_is_forgotten_when_all_has_flowed_in_again() {
        assertThat(admits(of(DAILY, 1, 10))).isTrue();
        clock.advance(Duration.ofDays(1).minusMillis(1));
        assertThat(limiter.size()).isEqualTo(1);
        clock.advance(SPARE.plus(WHEEL));
        assertThat(limiter.size()).isZero();
    }

    @Test
    void a_debt_is_remembered_until_it_has_flowed_in_though_nobody_asks_meanwhile() {
        limiter.take(of(DAILY, 1, 100));
        assertThat(left(1)).isZero();
        clock.advance(Duration.ofDays(9).minusMillis(1));
        assertThat(admits(of(DAILY, 1, 1))).isFalse();
        clock.advance(Duration.ofHours(3));
        assertThat(left(1)).isEqualTo(1);
    }

    @Test
    void debts_that_come_at_once_are_all_remembered() throws Exception {
        for (int round = 0; round < 20; round++) {
            int address = round;
            Racing.race(8, racer -> {
                limiter.take(of(DAILY, address, 20));
                return left(address);
            });
        }
        clock.advance(Duration.ofDays(15).minusMillis(1));
        for (int address = 0; address < 20; address++) {
            assertThat(left(address)).isZero();
        }
        clock.advance(Duration.ofDays(1));
        assertThat(left(1)).isEqualTo(9);
    }

    @Test
    void a_slot_is_remembered_for_as_long_as_it_is_held() {
        assertThat(admits(limiter, of(SLOT, 1, 1), "a")).isTrue();
        for (int i = 0; i < 10; i++) {
            clock.advance(RateLimiter.SLOT_LEASE.minusMillis(1));
            limiter.renew(List.of(new Slot(SLOT, of(SLOT, 1, 1).subject(), "a")));
            assertThat(limiter.size()).isEqualTo(1);
        }
        assertThat(admits(limiter, of(SLOT, 1, 1), "b")).isFalse();
        clock.advance(SPARE.plus(WHEEL));
        assertThat(limiter.size()).isZero();
    }

    @Test
    void what_a_run_took_is_forgotten_after_the_time_given() {
        Ids ids = new Ids(clock, new Random(1));
        RunRef run = new RunRef(SessionId.next(ids), RunId.next(ids));
        assertThat(admits(of(DAILY, 1, 10))).isTrue();
        limiter.hold(run, List.of(of(DAILY, 1, 10)), Duration.ofMinutes(20));
        clock.advance(Duration.ofMinutes(20));
        limiter.settle(run, 0);
        assertThat(left(1)).isZero();
    }

    @Test
    void a_clock_that_is_put_back_refuses_nobody_for_longer_than_before() {
        EmbeddedRateLimiter steady = new EmbeddedRateLimiter(clock);
        assertThat(admits(steady, of(DAILY, 1, 10), "t")).isTrue();
        clock.advance(Duration.ofDays(-400));
        assertThat(admits(steady, of(DAILY, 1, 1), "t")).isFalse();
        clock.advance(Duration.ofMinutes(144));
        assertThat(admits(steady, of(DAILY, 1, 1), "t")).isTrue();
    }

    @Test
    void a_clock_that_was_wrong_for_a_moment_locks_nobody_out() {
        EmbeddedRateLimiter steady = new EmbeddedRateLimiter(clock);
        clock.advance(Duration.ofDays(4_000));
        steady.take(of(DAILY, 1, 10));
        clock.advance(Duration.ofDays(-3_999));
        assertThat(admits(steady, of(DAILY, 1, 1), "t")).isFalse();
        clock.advance(Duration.ofDays(1));
        assertThat(admits(steady, of(DAILY, 1, 10), "t")).isTrue();
    }

    @Test
    void slots_that_were_held_before_the_clock_was_put_back_run_out_as_before() {
        EmbeddedRateLimiter steady = new EmbeddedRateLimiter(clock);
        assertThat(admits(steady, of(SLOT, 1, 1), "a")).isTrue();
        clock.advance(Duration.ofDays(-400));
        assertThat(admits(steady, of(SLOT, 1, 1), "b")).isFalse();
        clock.advance(RateLimiter.SLOT_LEASE);
        assertThat(admits(steady, of(SLOT, 1, 1), "b")).isTrue();
    }
}
