package dev.daveloper.domain.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.Ids;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PutOffTest {
    private static final Instant MADE = Instant.parse("2026-01-31T12:00:00Z");
    private static final DeliveryId DELIVERY = new DeliveryId(Ids.derived(DeliveryId.PREFIX, MADE, "something"));

    private static Duration pauseAtAge(Duration age) {
        Instant now = MADE.plus(age);
        return Duration.between(now, PutOff.until(DELIVERY, now));
    }

    @Test
    void what_cannot_be_read_is_left_alone_for_as_long_again_as_it_is_old() {
        assertThat(pauseAtAge(Duration.ofMinutes(7))).isEqualTo(Duration.ofMinutes(7));
    }

    @Test
    void that_is_a_minute_at_least_also_where_a_clock_is_behind_and_an_hour_at_most() {
        assertThat(pauseAtAge(Duration.ofSeconds(-90))).isEqualTo(PutOff.SHORTEST);
        assertThat(pauseAtAge(Duration.ZERO)).isEqualTo(PutOff.SHORTEST);
        assertThat(pauseAtAge(Duration.ofDays(3))).isEqualTo(PutOff.LONGEST);
    }
}
