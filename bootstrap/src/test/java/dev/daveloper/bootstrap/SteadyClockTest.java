package dev.daveloper.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void a_jump_of_the_wall_clock_is_not_seen() {
        AtomicReference<Instant> wall = new AtomicReference<>(NOON);
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
        SteadyClock clock = new SteadyClock(wall::get, nanos::get);

        wall.set(NOON.plusSeconds(3_600));
        nanos.addAndGet(2_000_000_000);

        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(2));
    }

    @Test
    void it_begins_at_the_wall_clocks_time() {
        Instant before = Instant.now();

        assertThat(SteadyClock.ofSystem().instant()).isBetween(before, Instant.now());
    }
}
