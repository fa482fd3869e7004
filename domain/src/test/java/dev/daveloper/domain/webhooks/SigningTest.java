package dev.daveloper.domain.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daveloper.domain.Ids;
import dev.daveloper.domain.failures.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330);
    private final EventId id = EventId.next(new Ids(InstantSource.system(), new SecureRandom()));
    private final byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    /** From the specification of Standard Webhooks, whose libraries test by it. */
    @Test
    void it_signs_as_the_specification_does() {
        SigningSecret secret = SigningSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void after_a_rotation_both_sign_until_the_old_one_is_over() {
        SigningSecret old = SigningSecret.next(new SecureRandom());
        SigningSecret next = SigningSecret.next(new SecureRandom());
        Signing signing = Signing.with(old).rotated(next, NOW.plus(Signing.OVERLAP));
        assertThat(signing.isRotating(NOW)).isTrue();
        assertThat(signing.sign(id, NOW, body).split(" "))
                .containsExactly(
                        next.sign(id.value(), NOW.getEpochSecond(), body),
                        old.sign(id.value(), NOW.getEpochSecond(), body));
        Instant later = NOW.plus(Signing.OVERLAP).plus(Duration.ofSeconds(1));
        assertThat(signing.isRotating(later)).isFalse();
        assertThat(signing.sign(id, later, body)).doesNotContain(" ");
    }

    @Test
    void a_secret_is_read_as_it_was_shown_and_never_printed() {
        SigningSecret secret = SigningSecret.next(new SecureRandom());
        assertThat(SigningSecret.of(secret.reveal())).isEqualTo(secret).hasSameHashCodeAs(secret);
        assertThat(secret).hasToString("***");
        assertThat(Signing.with(secret).toString()).doesNotContain(secret.reveal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_", "whsec_c2hvcnQ=", "whsec_!!!"})
    void what_is_no_secret_is_refused_and_not_repeated(String text) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> SigningSecret.of(text))
                .satisfies(e -> assertThat(e.getMessage()).contains("***"));
    }
}
