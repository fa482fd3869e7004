package dev.daveloper.domain.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.failures.InvalidValue;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateTest {
    private static final long NOW = 1_800_000_000_000_000L;

    @Test
    void a_burst_may_be_taken_at_once_and_flows_in_evenly() {
        Rate rate = new Rate(20, Duration.ofMinutes(1), 5);
        long taken = Rate.NOTHING_TAKEN;
        for (int left = 4; left >= 0; left--) {
            assertThat(rate.admittedFrom(taken, 1, NOW)).isLessThanOrEqualTo(NOW);
            taken = rate.taking(taken, 1, NOW);
            assertThat(rate.remaining(taken, NOW)).isEqualTo(left);
        }
        assertThat(rate.admittedFrom(taken, 1, NOW)).isEqualTo(NOW + 3_000_000);
        assertThat(rate.untilMore(taken, NOW)).isEqualTo(Duration.ofSeconds(3));
        assertThat(rate.remaining(taken, NOW + 2_999_999)).isZero();
        assertThat(rate.remaining(taken, NOW + 3_000_000)).isEqualTo(1);
        assertThat(rate.remaining(taken, NOW + 60_000_000)).isEqualTo(5);
        assertThat(rate.untilMore(taken, NOW + 60_000_000)).isZero();
    }

    @Test
    void what_is_given_back_is_there_again_and_never_more_than_all() {
        Rate rate = Rate.of(10, Duration.ofSeconds(10));
        long taken = rate.taking(Rate.NOTHING_TAKEN, 6, NOW);
        assertThat(rate.remaining(rate.givingBack(taken, 2), NOW)).isEqualTo(6);
        assertThat(rate.remaining(rate.givingBack(taken, 600), NOW)).isEqualTo(10);
        assertThat(rate.givingBack(Rate.NOTHING_TAKEN, 1)).isZero();
    }

    @Test
    void parts_of_a_microsecond_are_rounded_so_that_nobody_gets_too_much() {
        Rate rate = Rate.of(7, Duration.ofMillis(1));
        assertThat(rate.microsOf(1)).isEqualTo(143);
        assertThat(rate.microsOf(7)).isEqualTo(1_000);
    }

    @Test
    void numbers_beyond_64_bits_on_the_way_are_exact() {
        long quota = 1L << 40;
        Rate bytes = new Rate(quota, Duration.ofDays(30), quota);
        assertThat(bytes.microsOf(quota)).isEqualTo(Duration.ofDays(30).toMillis() * 1_000);
        assertThat(bytes.microsOf(quota / 2 + 1)).isEqualTo(Duration.ofDays(15).toMillis() * 1_000 + 3);
        long taken = bytes.taking(Rate.NOTHING_TAKEN, quota / 4, NOW);
        assertThat(bytes.remaining(taken, NOW)).isEqualTo(quota - quota / 4);
        assertThat(bytes.admittedFrom(NOW, Long.MAX_VALUE, NOW)).isGreaterThan(NOW);
        long most = bytes.taking(NOW, Long.MAX_VALUE, NOW);
        assertThat(bytes.remaining(bytes.taking(most, Long.MAX_VALUE, NOW), NOW))
                .isZero();
    }

    @Test
    void what_cannot_be_counted_is_refused() {
        assertThatThrownBy(() -> Rate.of(0, Duration.ofSeconds(1))).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Rate.of(1, Duration.ZERO)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Rate.of(1, Duration.ofDays(400))).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Rate.of(2_000_000_000, Duration.ofSeconds(1))).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new Rate(1, Duration.ofSeconds(1), 0)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new Rate(1, Duration.ofDays(300), 100)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new Concurrency(0)).isInstanceOf(InvalidValue.class);
        assertThat(new Concurrency(3).most()).isEqualTo(3);
        assertThatThrownBy(() -> new Check(PolicyText.read("a: 1 per 1s by global on all"), Subject.EVERYBODY, -1))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void debts_add_up_to_some_140_years_and_no_more() {
        Rate slow = Rate.of(1, Duration.ofDays(366));
        long taken = Rate.NOTHING_TAKEN;
        for (int i = 0; i < 5_000; i++) {
            taken = slow.taking(taken, Long.MAX_VALUE, NOW);
            assertThat(taken).isEqualTo(NOW + (1L << 52));
        }
        assertThat(slow.remaining(taken, NOW)).isZero();
        assertThat(slow.untilMore(taken, NOW)).isBetween(Duration.ofDays(140 * 365), Duration.ofDays(145 * 365));
        Policy policy = PolicyText.read("slow: 1 per 366d by session on chat");
        assertThat(Standing.of(policy, slow, taken, 1, NOW, true).untilMore()).isPositive();
    }

    @Test
    void more_than_the_burst_never_fits_though_it_flows_in_within_the_same_microsecond() {
        Rate bytes = new Rate(1L << 30, Duration.ofSeconds(2), 100);
        assertThat(bytes.admittedFrom(Rate.NOTHING_TAKEN, 100, NOW)).isLessThanOrEqualTo(NOW);
        assertThat(bytes.admittedFrom(Rate.NOTHING_TAKEN, 101, NOW)).isGreaterThan(NOW);
        assertThat(bytes.remaining(Rate.NOTHING_TAKEN, NOW)).isEqualTo(100);
    }

    @Test
    void what_remains_may_be_taken_and_one_more_may_not() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            Duration window = Duration.ofMillis(1 + random.nextLong(1L << random.nextInt(1, 34)));
            long quota = 1 + random.nextLong(Math.min(1L << random.nextInt(1, 50), window.toMillis() * 1_000_000));
            Rate rate = new Rate(quota, window, 1 + random.nextLong(quota * 2));
            long taken = NOW - 1_000 + random.nextLong(rate.burstMicros() + 2_000);
            long remaining = rate.remaining(taken, NOW);
            assertThat(remaining == 0 || rate.admittedFrom(taken, remaining, NOW) <= NOW)
                    .as("%s of %s", remaining, rate)
                    .isTrue();
            assertThat(rate.admittedFrom(taken, remaining + 1, NOW))
                    .as("%s of %s", remaining, rate)
                    .isGreaterThan(NOW);
            long then = NOW + rate.untilMore(taken, NOW).toNanos() / 1_000;
            assertThat(remaining == rate.burst() || rate.remaining(taken, then) > remaining)
                    .as("%s of %s", remaining, rate)
                    .isTrue();
        }
    }
}
