package dev.daveloper.http.failures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogSamplerTest {
    private final ManualClock clock = new ManualClock();
    private final LogSampler sampler = new LogSampler(clock, Duration.ofMinutes(1));

    @Test
    void the_first_passes_and_the_next_after_a_pause_tells_how_many_were_held_back() {
        assertThat(sampler.admit("a")).hasValue(0);
        assertThat(sampler.admit("a")).isEmpty();
        clock.advance(Duration.ofSeconds(59));
        assertThat(sampler.admit("a")).isEmpty();
        assertThat(sampler.admit("b")).hasValue(0);
        clock.advance(Duration.ofSeconds(1));
        assertThat(sampler.admit("a")).hasValue(2);
        assertThat(sampler.admit("a")).isEmpty();
    }

    @Test
    void those_beyond_its_bound_share_one_place_until_others_are_over() {
        for (int i = 0; i < LogSampler.MAX_KEYS; i++) {
            assertThat(sampler.admit("key " + i)).isPresent();
        }
        assertThat(sampler.admit("one more")).hasValue(0);
        assertThat(sampler.admit("another")).isEmpty();
        assertThat(sampler.admit("key 0")).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        assertThat(sampler.admit("one more")).hasValue(0);
        assertThat(sampler.admit("another")).hasValue(0);
    }
}
