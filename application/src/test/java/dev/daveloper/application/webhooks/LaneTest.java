package dev.daveloper.application.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.webhooks.Breaker;
import dev.daveloper.domain.webhooks.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LaneTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Lane lane = new Lane(16);

    private void attempt(Verdict verdict) {
        lane.begin();
        lane.ended(verdict, NOW);
    }

    @Test
    void a_lane_begins_with_two_and_grows_with_each_success_up_to_its_most() {
        assertThat(lane.room(NOW)).isEqualTo(2);
        lane.begin();
        assertThat(lane.room(NOW)).isEqualTo(1);
        lane.ended(Verdict.DELIVERED, NOW);

        for (int i = 0; i < 100; i++) {
            attempt(Verdict.DELIVERED);
        }

        assertThat(lane.room(NOW)).isEqualTo(16);
    }

    @Test
    void a_failure_halves_it_and_leaves_at_least_one() {
        for (int i = 0; i < 100; i++) {
            attempt(Verdict.DELIVERED);
        }

        attempt(Verdict.FAILED);
        assertThat(lane.room(NOW)).isEqualTo(8);
        attempt(Verdict.FAILED);
        attempt(Verdict.FAILED);
        attempt(Verdict.FAILED);

        assertThat(lane.room(NOW)).isEqualTo(1);
    }

    @Test
    void after_several_failures_it_is_closed_then_tried_by_one_and_open_again_after_a_success() {
        for (int i = 0; i < Breaker.FAILURES; i++) {
            attempt(Verdict.FAILED);
        }
        assertThat(lane.isLeftAlone(NOW)).isTrue();
        assertThat(lane.room(NOW)).isZero();

        Instant later = lane.leftAloneUntil();
        assertThat(lane.room(later)).isEqualTo(1);
        lane.begin();
        assertThat(lane.room(later)).isZero();
        lane.ended(Verdict.DELIVERED, later);

        assertThat(lane.room(later)).isEqualTo(2);
        assertThat(lane.isIdle()).isTrue();
    }

    @Test
    void failures_that_were_under_way_already_do_not_make_it_longer() {
        for (int i = 0; i < 12; i++) {
            lane.begin();
        }
        for (int i = 0; i < 12; i++) {
            lane.ended(Verdict.FAILED, NOW);
        }

        assertThat(Duration.between(NOW, lane.leftAloneUntil())).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void who_says_that_too_much_comes_is_left_alone_at_once() {
        attempt(Verdict.THROTTLED);

        assertThat(lane.isLeftAlone(NOW)).isTrue();
    }
}
