package dev.daveloper.domain.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StatusTest {
    @Test
    void the_worse_of_two_decides() {
        assertThat(Status.PASS.worseOf(Status.WARN)).isEqualTo(Status.WARN);
        assertThat(Status.FAIL.worseOf(Status.WARN)).isEqualTo(Status.FAIL);
        assertThat(Status.WARN.worseOf(Status.PASS).wireName()).isEqualTo("warn");
    }
}
