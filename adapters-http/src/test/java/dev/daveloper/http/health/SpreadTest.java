package dev.daveloper.http.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SpreadTest {
    private static final double[] BOUNDS = {0.01, 0.1, 1};
    private static final Offset<Double> EXACTLY = within(1e-9);

    private static Spread spread(long... upToAndCount) {
        return new Spread(BOUNDS, Arrays.copyOf(upToAndCount, BOUNDS.length), upToAndCount[BOUNDS.length]);
    }

    @Test
    void within_two_bounds_they_lie_evenly() {
        Spread spread = spread(50, 90, 100, 100);
        assertThat(spread.quantileSince(null, 0.5).orElseThrow()).isCloseTo(0.01, EXACTLY);
        assertThat(spread.quantileSince(null, 0.25).orElseThrow()).isCloseTo(0.005, EXACTLY);
        assertThat(spread.quantileSince(null, 0.7).orElseThrow()).isCloseTo(0.055, EXACTLY);
        assertThat(spread.quantileSince(null, 0.95).orElseThrow()).isCloseTo(0.55, EXACTLY);
        assertThat(spread.quantileSince(null, 1).orElseThrow()).isCloseTo(1, EXACTLY);
    }

    @Test
    void only_those_since_the_earlier_moment_count() {
        Spread earlier = spread(1_000, 1_000, 1_000, 1_000);
        Spread now = spread(1_000, 1_000, 1_010, 1_010);
        assertThat(now.quantileSince(earlier, 0.5).orElseThrow()).isCloseTo(0.55, EXACTLY);
        assertThat(now.quantileSince(null, 0.5).orElseThrow()).isLessThan(0.01);
    }

    @Test
    void beyond_the_last_bound_it_is_the_last_bound() {
        assertThat(spread(0, 0, 10, 100).quantileSince(null, 0.5)).hasValue(1.0);
    }

    @Test
    void where_there_was_nothing_there_is_no_quantile() {
        Spread some = spread(1, 2, 3, 4);
        assertThat(some.quantileSince(some, 0.5)).isEmpty();
        assertThat(spread(0, 0, 0, 0).quantileSince(null, 0.5)).isEmpty();
        assertThat(new Spread(new double[0], new long[0], 5).quantileSince(null, 0.5))
                .isEmpty();
        assertThat(some.quantileSince(spread(9, 9, 9, 9), 0.5)).isEmpty();
    }

    @Test
    void known_times_have_about_the_quantiles_that_sorting_them_gives() {
        double[] bounds = {.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5};
        double[] times = new Random(42).doubles(20_000, 0, 1).map(x -> x * x).toArray();
        long[] upTo = Arrays.stream(bounds)
                .mapToLong(bound ->
                        Arrays.stream(times).filter(time -> time <= bound).count())
                .toArray();
        Spread spread = new Spread(bounds, upTo, times.length);
        Arrays.sort(times);
        for (double part : new double[] {0.5, 0.9, 0.95, 0.99}) {
            double exact = times[(int) (part * times.length) - 1];
            assertThat(spread.quantileSince(null, part).orElseThrow()).isCloseTo(exact, within(exact * 0.08));
        }
    }

    @Test
    void each_bound_has_a_count() {
        assertThatThrownBy(() -> new Spread(BOUNDS, new long[2], 0)).hasMessageContaining("3 bounds, but 2");
    }
}
