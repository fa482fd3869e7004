package dev.daveloper.embedded.documents.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daveloper.domain.failures.InvalidValue;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExtractionConfigTest {
    @Test
    void the_defaults_are_these() {
        assertThat(ExtractionConfig.defaults())
                .isEqualTo(new ExtractionConfig(
                        2,
                        192L << 20,
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(1),
                        200,
                        10_000_000,
                        256L << 20,
                        100,
                        10_000));
    }

    @Test
    void what_cannot_be_is_refused_with_what_may_be() {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> Configs.of(0, Duration.ofMinutes(1), Duration.ofMinutes(1), 1))
                .withMessageContaining("from 1 to 64");
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> Configs.heap(1));
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> Configs.within(Duration.ZERO));
    }
}
