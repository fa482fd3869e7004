package dev.daveloper.http.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.ratelimits.in.LimitStats;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.http.health.HistoryView.SeriesView;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleRingTest {
    private final ManualClock clock = new ManualClock();
    private final SampleRing ring = new SampleRing();

    private Sample sample(long admitted, long refused, long given, long asked) {
        return new Sample(
                clock.instant(),
                List.of(new LimitStats.OfPolicy("chat", admitted, refused, 0, 0)),
                List.of(new Sample.OfNamespace("tools", given, asked)),
                1,
                2,
                3,
                new Sample.OfProcess(4, 5, 0, 1, 0),
                Figures.Reading.NOTHING);
    }

    @Test
    void what_is_older_than_a_quarter_of_an_hour_is_forgotten() {
        for (int i = 0; i < 200; i++) {
            ring.add(sample(i, 0, 0, 0));
            clock.advance(Duration.ofSeconds(10));
        }
        assertThat(ring.samples()).hasSize(91);
        assertThat(ring.samples().getLast().policy("chat").admitted()).isEqualTo(199);
    }

    @Test
    void there_is_a_bound_also_when_samples_come_faster_than_they_should() {
        for (int i = 0; i < 2_000; i++) {
            ring.add(sample(i, 0, 0, 0));
            clock.advance(Duration.ofMillis(100));
        }
        assertThat(ring.samples()).hasSize(SampleRing.MAX_SAMPLES);
    }

    @Test
    void what_happened_between_two_samples_is_told_for_a_second() {
        ring.add(sample(100, 7, 0, 0));
        clock.advance(Duration.ofSeconds(10));
        ring.add(sample(120, 7, 0, 0));
        clock.advance(Duration.ofSeconds(2));
        ring.add(sample(120, 10, 0, 0));
        SeriesView series = SeriesView.of(ring.samples());
        assertThat(series.times()).hasSize(2);
        assertThat(series.limits()).hasSize(1);
        assertThat(series.limits().getFirst().admitted()).containsExactly(2.0, 0.0);
        assertThat(series.limits().getFirst().refused()).containsExactly(0.0, 1.5);
    }

    @Test
    void counters_that_began_anew_are_no_negative_rate() {
        ring.add(sample(100, 100, 0, 0));
        clock.advance(Duration.ofSeconds(2));
        ring.add(sample(1, 1, 0, 0));
        assertThat(SeriesView.of(ring.samples()).limits().getFirst().admitted()).containsExactly(0.0);
    }

    @Test
    void the_hit_ratio_is_that_of_the_minute_before_and_unknown_when_nothing_was_asked() {
        for (int i = 0; i < 20; i++) {
            ring.add(i < 10 ? sample(0, 0, 0, 0) : sample(0, 0, 3, 4));
            clock.advance(Duration.ofSeconds(10));
        }
        assertThat(SeriesView.of(ring.samples()).cache().getFirst().hitRatio())
                .startsWith(null, null)
                .contains(0.75)
                .endsWith(0.75, null, null, null, null);
    }

    @Test
    void nothing_and_one_sample_are_an_empty_history() {
        assertThat(SeriesView.of(ring.samples()).times()).isEmpty();
        ring.add(sample(1, 1, 1, 1));
        assertThat(SeriesView.of(ring.samples()).times()).isEmpty();
        assertThat(SeriesView.of(ring.samples()).limits()).isEmpty();
    }
}
