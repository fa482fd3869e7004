package dev.daveloper.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daveloper.domain.failures.InvalidValue;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentKeysTest {
    private static final byte[] PLAIN = "{\"text\":\"a secret\"}".getBytes(UTF_8);
    private static final byte[] HERE = "here".getBytes(UTF_8);
    private static final byte[] THERE = "there".getBytes(UTF_8);

    private final ContentKey old = key("old", 1);
    private final ContentKey young = key("young", 2);

    @Test
    void what_is_sealed_is_opened_where_it_was_sealed_and_shows_nothing() {
        ContentKeys keys = keys(old);
        byte[] sealed = keys.seal(PLAIN, HERE);

        assertThat(keys.open(sealed, HERE)).isEqualTo(PLAIN);
        assertThat(new String(sealed, UTF_8)).contains("old").doesNotContain("secret");
        assertThat(keys.seal(PLAIN, HERE)).as("another nonce").isNotEqualTo(sealed);
        assertThat(keys.open(keys.seal(new byte[0], HERE), HERE)).isEmpty();
    }

    @Test
    void what_is_sealed_opens_nowhere_else() {
        ContentKeys keys = keys(old);

        unreadable(keys, keys.seal(PLAIN, HERE), THERE, "not what the key 'old' sealed here");
    }

    @Test
    void the_first_key_seals_and_the_others_open() {
        byte[] sealed = keys(old).seal(PLAIN, HERE);
        ContentKeys rotated = keys(young, old);

        assertThat(rotated.open(sealed, HERE)).isEqualTo(PLAIN);
        assertThat(rotated.writer()).contains(young);
        unreadable(keys(old), rotated.seal(PLAIN, HERE), HERE, "the key 'young', which is not configured");
    }

    @Test
    void a_key_of_the_same_name_opens_nothing() {
        unreadable(keys(key("old", 9)), keys(old).seal(PLAIN, HERE), HERE, "not what the key 'old' sealed here");
    }

    @Test
    void no_byte_can_be_changed_and_none_be_missing() {
        ContentKeys keys = keys(old, young);
        byte[] sealed = keys.seal(PLAIN, HERE);

        // A first byte of another value is that of something that was never sealed.
        for (int i = 1; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            unreadable(keys, changed, HERE, "");
            unreadable(keys, Arrays.copyOf(sealed, i), HERE, "");
        }
        unreadable(keys, new byte[] {1, -1, 'o'}, HERE, "cut short");
    }

    @Test
    void what_was_never_sealed_is_passed_through() {
        assertThat(keys(old).open(PLAIN, HERE)).isEqualTo(PLAIN);
        assertThat(keys(old).open(new byte[0], HERE)).isEmpty();
    }

    @Test
    void without_keys_nothing_is_sealed_and_nothing_that_is_sealed_can_be_opened() {
        assertThat(ContentKeys.NONE.seal(PLAIN, HERE)).isEqualTo(PLAIN);
        assertThat(ContentKeys.NONE.writer()).isEmpty();
        unreadable(ContentKeys.NONE, keys(old).seal(PLAIN, HERE), HERE, "'old', which is not configured");
    }

    @Test
    void many_threads_use_one_key() {
        ContentKeys keys = keys(old);

        assertThat(IntStream.range(0, 2_000).parallel())
                .allSatisfy(
                        i -> assertThat(keys.open(keys.seal(PLAIN, HERE), HERE)).isEqualTo(PLAIN));
    }

    @Test
    void keys_are_shown_by_their_names_alone() {
        assertThat(keys(young, old)).hasToString("[young, old]").isEqualTo(keys(key("young", 2), key("old", 1)));
        assertThat(keys(old)).isNotEqualTo(keys(key("old", 2))).hasSameHashCodeAs(keys(key("old", 2)));
    }

    @Test
    void two_keys_of_one_name_are_refused() {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> keys(old, young, key("old", 3)))
                .withMessageContaining("'old'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "k=1", "key\n", "ключ"})
    void an_ill_formed_name_is_refused_and_not_shown(String name) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> key(name, 1))
                .withMessageContaining("'***'");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33})
    void a_key_of_another_length_is_refused(int bytes) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> new ContentKey("k", new byte[bytes]))
                .withMessage("an encryption key must be 32 bytes, not '" + bytes + " bytes'.");
    }

    private static void unreadable(ContentKeys keys, byte[] stored, byte[] context, String why) {
        assertThatExceptionOfType(UnreadableContent.class)
                .isThrownBy(() -> keys.open(stored, context))
                .withMessageContaining(why);
    }

    private static ContentKeys keys(ContentKey... keys) {
        return new ContentKeys(List.of(keys));
    }

    private static ContentKey key(String name, int filling) {
        byte[] secret = new byte[ContentKey.BYTES];
        Arrays.fill(secret, (byte) filling);
        return new ContentKey(name, secret);
    }
}
