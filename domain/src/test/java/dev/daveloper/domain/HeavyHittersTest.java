package dev.daveloper.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.HeavyHitters.Hitter;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeavyHittersTest {
    private static final int PLACES = 8;

    private final HeavyHitters<Integer> hitters = new HeavyHitters<>(PLACES);

    @Test
    void few_are_counted_exactly_and_shown_by_their_weight() {
        for (int key = 1; key <= 5; key++) {
            for (int i = 0; i < key; i++) {
                hitters.count(key, i == 0);
            }
        }
        assertThat(hitters.heaviest(3))
                .containsExactly(new Hitter<>(5, 5, 1), new Hitter<>(4, 4, 1), new Hitter<>(3, 3, 1));
    }

    @Test
    void of_many_those_that_come_most_are_found_and_memory_is_bounded() {
        for (int i = 0; i < 20_000; i++) {
            hitters.count(i % 4 == 0 ? 1 : i % 4 == 1 ? 2 : 1_000 + i, false);
        }
        List<Hitter<Integer>> heaviest = hitters.heaviest(100);
        assertThat(heaviest).hasSize(PLACES);
        assertThat(heaviest.subList(0, 2)).extracting(Hitter::key).containsExactlyInAnyOrder(1, 2);
        assertThat(heaviest.getFirst().count()).isBetween(5_000L, 5_000L + 20_000 / PLACES);
    }
}
