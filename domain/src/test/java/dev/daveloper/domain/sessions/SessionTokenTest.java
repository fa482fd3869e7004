package dev.daveloper.domain.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.failures.InvalidValue;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionTokenTest {
    @Test
    void a_token_is_never_printed_and_its_hash_is_its_own() {
        SessionToken token = SessionToken.next(new SecureRandom());
        assertThat(token).hasToString("***");
        assertThat(token.hash()).hasToString("***").isEqualTo(new SessionToken(token.value()).hash());
        assertThat(token.hash().hex()).hasSize(64).doesNotContain(token.value());
        assertThat(SessionToken.next(new SecureRandom()).hash()).isNotEqualTo(token.hash());
    }

    @Test
    void the_hash_is_sha_256_of_the_written_token() {
        assertThat(new SessionToken("A".repeat(43)).hash().hex())
                .isEqualTo("0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "ü"})
    void what_is_no_token_is_refused_without_being_repeated(String bad) {
        assertThatThrownBy(() -> new SessionToken(bad))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("'***'");
    }
}
