package dev.daveloper.application.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.ratelimits.in.LimitStats.Heavy;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.domain.sessions.ClientAddress;
import org.junit.jupiter.api.Test;

class HeavyKeysTest {
    private static Subject subject(int number) {
        return Subject.of(new ClientAddress("%08x".formatted(number)));
    }

    @Test
    void whoever_asks_most_stands_first_among_many_who_ask_once() {
        HeavyKeys keys = new HeavyKeys();
        for (int i = 0; i < 20_000; i++) {
            keys.count("all", subject(i + 10), false);
            if (i % 4 == 0) {
                keys.count("all", subject(1), i % 8 == 0);
            }
        }
        Heavy first = keys.heaviest().getFirst();
        assertThat(first.asked()).isBetween(5_000L, 5_000L + 25_000 / HeavyKeys.PLACES);
        assertThat(first.refused()).isEqualTo(2_500);
        assertThat(keys.heaviest()).hasSize(HeavyKeys.SHOWN);
    }

    @Test
    void keys_are_hashed_under_a_secret_of_their_own() {
        HeavyKeys one = new HeavyKeys();
        HeavyKeys other = new HeavyKeys();
        one.count("all", subject(7), false);
        other.count("all", subject(7), false);
        assertThat(one.heaviest().getFirst().key())
                .matches("[0-9a-f]{16}")
                .isNotEqualTo(other.heaviest().getFirst().key());
    }
}
