package dev.daveloper.domain.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When it is tried again, and when no more. */
class RetryRulesTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private final Random random = new Random(1);

    private Optional<Instant> next(int failures, Optional<Duration> asked) {
        return RetrySchedule.STANDARD.next(failures, NOW, asked, random);
    }

    @Test
    void the_standard_schedule_is_ten_attempts_within_some_75_hours() {
        Instant last = NOW;
        for (int failures = 1; failures < RetrySchedule.STANDARD.attempts(); failures++) {
            last = RetrySchedule.STANDARD
                    .next(failures, last, Optional.empty(), random)
                    .orElseThrow();
        }
        assertThat(Duration.between(NOW, last)).isBetween(Duration.parse("PT75H35M5S"), Duration.parse("PT84H"));
        assertThat(next(RetrySchedule.STANDARD.attempts(), Optional.empty())).isEmpty();
    }

    @Test
    void a_wait_is_up_to_a_tenth_longer() {
        for (int i = 0; i < 100; i++) {
            assertThat(next(1, Optional.empty()).orElseThrow()).isBetween(NOW.plusMillis(5_000), NOW.plusMillis(5_500));
        }
    }

    @Test
    void a_receiver_may_make_it_later_but_never_sooner_and_not_without_end() {
        assertThat(next(1, Optional.of(Duration.ofMinutes(1)))).contains(NOW.plusSeconds(60));
        assertThat(next(2, Optional.of(Duration.ofSeconds(1))).orElseThrow()).isAfterOrEqualTo(NOW.plusSeconds(300));
        assertThat(next(1, Optional.of(Duration.ofDays(365)))).contains(NOW.plus(RetrySchedule.MAX_RETRY_AFTER));
    }

    @Test
    void a_schedule_has_bounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetrySchedule(Collections.nCopies(RetrySchedule.MAX_WAITS + 1, Duration.ZERO)));
        assertThatIllegalArgumentException().isThrownBy(() -> new RetrySchedule(List.of(Duration.ofSeconds(-1))));
    }

    @ParameterizedTest
    @CsvSource({
        "200, DELIVERED",
        "204, DELIVERED",
        "299, DELIVERED",
        "301, FAILED",
        "304, FAILED",
        "400, FAILED",
        "404, FAILED",
        "410, GONE",
        "429, THROTTLED",
        "500, FAILED",
        "502, THROTTLED",
        "503, FAILED",
        "504, THROTTLED"
    })
    void a_status_says_what_comes_next(int status, Verdict verdict) {
        Attempt attempt =
                new Attempt(1, NOW, Duration.ofMillis(5), OptionalInt.of(status), Trouble.STATUS, "", Optional.empty());
        assertThat(attempt.verdict()).isEqualTo(verdict);
    }

    @Test
    void without_an_answer_it_failed() {
        Attempt attempt =
                new Attempt(1, NOW, Duration.ofMillis(5), OptionalInt.empty(), Trouble.RESET, "", Optional.empty());
        assertThat(attempt.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(attempt.endedAt()).isEqualTo(NOW.plusMillis(5));
    }

    @Test
    void after_failures_in_a_row_an_endpoint_is_left_alone_for_longer_each_time_and_a_success_ends_that() {
        Breaker breaker = Breaker.CLOSED;
        for (int i = 1; i < Breaker.FAILURES; i++) {
            breaker = breaker.after(Verdict.FAILED, NOW);
            assertThat(breaker.isOpen(NOW)).isFalse();
        }
        breaker = breaker.after(Verdict.FAILED, NOW);
        assertThat(breaker.isOpen(NOW)).isTrue();
        Instant then = NOW.plus(Breaker.FIRST_PAUSE);
        assertThat(breaker.isOpen(then)).isFalse();
        assertThat(breaker.isProbing(then)).isTrue();
        for (int i = 0; i < 20; i++) {
            breaker = breaker.after(Verdict.FAILED, then);
        }
        assertThat(breaker.openUntil()).isEqualTo(then.plus(Breaker.LONGEST_PAUSE));
        assertThat(breaker.after(Verdict.DELIVERED, then)).isEqualTo(Breaker.CLOSED);
    }

    @Test
    void one_that_says_it_is_too_much_is_left_alone_at_once() {
        assertThat(Breaker.CLOSED.after(Verdict.THROTTLED, NOW).isOpen(NOW)).isTrue();
    }

    @Test
    void it_is_given_up_after_days_without_a_success_once_that_is_certain() {
        FailureStreak streak = FailureStreak.NONE;
        for (int i = 0; i < 1_000; i++) {
            streak = streak.after(Verdict.FAILED, NOW.plusSeconds(i));
        }
        assertThat(streak.certainSince())
                .as("many failures within minutes are a hiccup")
                .isEmpty();
        Instant certain = NOW.plus(FailureStreak.APART);
        streak = streak.after(Verdict.FAILED, certain);
        assertThat(streak.isHopeless(certain)).isFalse();
        Instant end = certain.plus(FailureStreak.GIVEN_UP_AFTER);
        assertThat(streak.after(Verdict.FAILED, end.minusSeconds(1)).isHopeless(end.minusSeconds(1)))
                .isFalse();
        assertThat(streak.after(Verdict.FAILED, end).isHopeless(end)).isTrue();
        assertThat(streak.after(Verdict.DELIVERED, end)).isEqualTo(FailureStreak.NONE);
    }
}
