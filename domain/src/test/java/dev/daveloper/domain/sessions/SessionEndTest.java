package dev.daveloper.domain.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SessionEndTest {
    @Test
    void each_way_to_end_has_a_name_that_stays() {
        assertThat(SessionEnd.values()).extracting(SessionEnd::wireName).containsExactly("ended", "expired", "revoked");
    }
}
