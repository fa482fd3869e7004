package dev.daveloper.redis.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.ratelimits.Rate;
import dev.daveloper.redis.RedisConfig.Ahead;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How much is drawn for whom. */
class PurseTest {
    private static final long KEEP = Duration.ofMillis(250).toNanos();
    private static final Ahead AHEAD = new Ahead(16, 64, Duration.ofNanos(KEEP));
    private static final Rate RATE = Rate.of(1_000, Duration.ofSeconds(1));

    private final Purse purse = new Purse("key", KEEP, 0);

    private int callsAfter(long lastedNanos, boolean plenty) {
        purse.put(new Draw(RATE, 1, plenty, 0, 0, 0));
        return purse.calls(AHEAD, lastedNanos);
    }

    @Test
    void what_is_spent_at_once_is_doubled_up_to_the_most() {
        assertThat(callsAfter(KEEP / 10, true)).isEqualTo(32);
        assertThat(callsAfter(KEEP / 10, true)).isEqualTo(64);
        assertThat(callsAfter(KEEP / 10, true)).isEqualTo(64);
    }

    @Test
    void what_lasts_stays_and_what_lasts_long_is_halved() {
        callsAfter(KEEP / 10, true);
        assertThat(callsAfter(KEEP / 10, true)).isEqualTo(64);
        assertThat(callsAfter(KEEP / 4, true)).isEqualTo(64);
        assertThat(callsAfter(KEEP, true)).isEqualTo(32);
        assertThat(callsAfter(KEEP, true)).isEqualTo(16);
        assertThat(callsAfter(KEEP, true)).isEqualTo(16);
    }

    @Test
    void where_less_was_left_than_wanted_less_is_wanted() {
        callsAfter(KEEP / 10, true);
        callsAfter(KEEP / 10, true);
        assertThat(callsAfter(KEEP / 10, false)).isEqualTo(32);
    }

    @Test
    void the_first_time_it_is_the_least() {
        assertThat(purse.calls(AHEAD, 0)).isEqualTo(16);
    }
}
