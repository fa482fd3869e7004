package dev.daveloper.http.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.http.failures.Refusal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {
    private static final int MAX_CHARS = 2_000_000;

    private final JsonCodec json = new JsonCodec(MAX_CHARS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "7",
                "\"text\"",
                "{\"a\":1",
                "{\"a\":1}}",
                "{\"a\":1} {\"b\":2}",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"b\":1,\"\\u0062\":2}}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":'b'}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":+1}",
                "{\"a\":01}",
                "{\"a\":.5}",
                "{\"a\":5.}",
                "{\"a\":0x1F}",
                "{\"a\":1e99999999999}",
                "{/* said */\"a\":1}",
                "{\"a\":1}// said",
                "# said\n{\"a\":1}",
                "{\"a\":\"b\nc\"}",
                "{\"a\":\"\\x41\"}",
                "{\"a\":\"\\u00g0\"}",
                "{\"a\":True}",
                "{\"\\ud800\":1}",
                "{\"a\":{\"\\udfff\":1}}",
                "\ufeff{\"a\":1}",
                "{\"a\":1}\u0000"
            })
    void what_is_not_exactly_one_json_object_is_refused(String text) {
        assertThatThrownBy(() -> json.readObject(text)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> json.readObject(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c328", "80", "c0af", "e080af", "f08080af", "eda080", "f4908080", "fffe", "e282"})
    void bytes_that_are_no_utf_8_are_refused(String hex) {
        byte[] bad = HexFormat.of().parseHex(hex);
        byte[] body = new byte[bad.length + 8];
        System.arraycopy("{\"a\":\"".getBytes(StandardCharsets.UTF_8), 0, body, 0, 6);
        System.arraycopy(bad, 0, body, 6, bad.length);
        System.arraycopy("\"}".getBytes(StandardCharsets.UTF_8), 0, body, 6 + bad.length, 2);

        assertThatThrownBy(() -> json.readObject(body)).hasMessage("The body is not well-formed UTF-8.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
    void other_encodings_are_not_guessed(String charset) {
        byte[] body = "{\"a\":\"b\"}".getBytes(Charset.forName(charset));

        assertThatThrownBy(() -> json.readObject(body)).isInstanceOf(Refusal.class);
    }

    @Test
    void depth_names_numbers_and_tokens_are_bounded_and_the_bounds_are_told() {
        String deep = "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}";
        String longName = "{\"" + "n".repeat(257) + "\":1}";
        String longNumber = "{\"a\":" + "1".repeat(101) + "}";
        String manyTokens = "{\"a\":[" + "1,".repeat(30_000) + "1]}";

        for (String text : Arrays.asList(deep, longName, longNumber, manyTokens)) {
            assertThatThrownBy(() -> json.readObject(text))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("deeper than 64");
        }
        assertThat(json.readObject("{\"" + "n".repeat(256) + "\":" + "1".repeat(100) + "}"))
                .hasSize(1);
    }

    @Test
    void names_that_collide_on_purpose_are_names_like_others() {
        // "Ab" and "BA" have the same sum where each character counts 33 times the one behind it.
        String names = IntStream.range(0, 2_048)
                .mapToObj(bits -> IntStream.range(0, 11)
                        .mapToObj(bit -> (bits >> bit & 1) == 0 ? "Ab" : "BA")
                        .collect(Collectors.joining("", "\"", "\":1")))
                .collect(Collectors.joining(",", "{", "}"));

        assertThat(json.readObject(names)).hasSize(2_048);
    }

    @Test
    void numbers_are_handed_on_with_every_digit() {
        String text =
                "{\"a\":1.10,\"b\":0.1000000000000000055511151231257827,\"c\":12345678901234567890.5,\"d\":1E+400}";

        assertThat(json.readObject(text)).hasToString(text);
    }

    @Test
    void half_a_surrogate_pair_is_written_as_an_escape() {
        Map<String, String> said = Map.of("text", "a\ud83d \ud83d\ude00 \ude00b");

        for (String text : List.of(json.text(said), new String(json.bytes(said), StandardCharsets.UTF_8))) {
            assertThat(text.getBytes(StandardCharsets.UTF_8)).doesNotContain('?');
            assertThat(json.readObject(text).path("text").textValue()).isEqualTo(said.get("text"));
        }
    }
}
