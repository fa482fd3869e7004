package dev.daveloper.stored;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochNanosTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999999Z",
                "2026-11-22T20:20:42.123456789Z",
                "1700-01-01T00:00:00.000000001Z",
                "2262-04-11T23:47:16.854775807Z"
            })
    void a_moment_comes_back_exactly(String moment) {
        assertThat(EpochNanos.at(EpochNanos.of(Instant.parse(moment)))).isEqualTo(moment);
    }

    @Test
    void a_moment_out_of_reach_becomes_the_nearest() {
        assertThat(EpochNanos.of(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
        assertThat(EpochNanos.of(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
        assertThat(EpochNanos.of(Instant.parse("2262-04-11T23:47:16.854775808Z")))
                .isEqualTo(Long.MAX_VALUE);
    }
}
