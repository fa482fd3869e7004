package dev.daveloper.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daveloper.domain.ContentKey;
import dev.daveloper.domain.ContentKeys;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncryptionKeysTest {
    private static final String FIRST = base64(ContentKey.BYTES, 1);
    private static final String SECOND = base64(ContentKey.BYTES, 2);

    @Test
    void keys_are_read_in_their_order() {
        ContentKeys keys = read("2026-11=" + SECOND + ", 2026-10=" + FIRST);

        assertThat(keys).hasToString("[2026-11, 2026-10]");
        byte[] secret = new byte[ContentKey.BYTES];
        Arrays.fill(secret, (byte) 1);
        assertThat(read("k=" + FIRST)).isEqualTo(new ContentKeys(List.of(new ContentKey("k", secret))));
    }

    @Test
    void an_empty_text_is_no_key() {
        assertThat(read("")).isSameAs(ContentKeys.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FIRST | key 1 must be name=key with a key of 32 bytes in base64, not 0.",
                "=FIRST | key 1 must be name=key, where a name is 1 to 64 of",
                "k1=FIRST, | key 2 must be name=key, where a name is 1 to 64 of",
                "k1=FIRST,a b=SECOND | key 2 must be name=key, where a name is 1 to 64 of",
                "k1=FIRST,k2=!SECOND | key 2 is no base64 behind its name.",
                "k1=FIRST,k2=SHORT | key 2 must be name=key with a key of 32 bytes in base64, not 16.",
                "k1= | key 1 must be name=key with a key of 32 bytes in base64, not 0.",
                "k1=FIRST,k1=SECOND | key 2 has the name of one before it.",
            })
    void a_mistake_is_told_by_its_place_without_the_key(String written, String mistake) {
        String text = written.replace("FIRST", FIRST).replace("SECOND", SECOND).replace("SHORT", base64(16, 3));

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> read(text))
                .withMessageStartingWith("data.encryption-keys: " + mistake)
                .satisfies(e -> assertThat(e)
                        .hasNoCause()
                        .hasMessageNotContaining(FIRST.substring(0, 5))
                        .hasMessageNotContaining(SECOND.substring(0, 5)));
    }

    private static ContentKeys read(String text) {
        return EncryptionKeys.read(DataKeys.ENCRYPTION_KEYS.key(), text);
    }

    private static String base64(int bytes, int filling) {
        byte[] secret = new byte[bytes];
        Arrays.fill(secret, (byte) filling);
        return Base64.getEncoder().encodeToString(secret);
    }
}
