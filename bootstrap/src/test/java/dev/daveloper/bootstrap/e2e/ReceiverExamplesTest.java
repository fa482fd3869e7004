package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.Signing;
import dev.daveloper.domain.webhooks.SigningSecret;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The snippets for receivers; those that are not in Java are tried in {@code e2e/webhooks.test.mjs}. */
class ReceiverExamplesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path EXAMPLES = ROOT.resolve("examples/webhook-receivers");

    @TempDir
    private Path classes;

    private static JsonNode golden() throws Exception {
        return Visitor.JSON.readTree(EXAMPLES.resolve("golden.json").toFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify.mjs", "verify.py", "Verify.java"})
    void the_guide_shows_them_word_by_word(String file) throws Exception {
        assertThat(Files.readString(ROOT.resolve("docs/guides/webhooks.md")))
                .contains(Files.readString(EXAMPLES.resolve(file)).strip());
    }

    @Test
    void what_they_are_tried_with_is_what_the_gateway_signs() throws Exception {
        JsonNode golden = golden();
        Instant at = Instant.ofEpochSecond(golden.get("timestamp").asLong());
        Signing signing = Signing.with(SigningSecret.of(golden.get("oldSecret").asText()))
                .rotated(SigningSecret.of(golden.get("secret").asText()), at.plusSeconds(1));
        String signature = signing.sign(
                new EventId(golden.get("id").asText()),
                at,
                golden.get("body").asText().getBytes(StandardCharsets.UTF_8));
        assertThat(signature).isEqualTo(golden.get("signature").asText());
    }

    @Test
    void the_one_in_java_knows_what_is_genuine() throws Exception {
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        EXAMPLES.resolve("Verify.java").toString());
        assertThat(compiled).isZero();
        JsonNode golden = golden();
        byte[] body = golden.get("body").asText().getBytes(StandardCharsets.UTF_8);
        Instant now = Instant.ofEpochSecond(golden.get("timestamp").asLong()).plusSeconds(60);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Method isGenuine = loader.loadClass("Verify")
                    .getDeclaredMethod("isGenuine", Map.class, byte[].class, String.class, Instant.class);
            isGenuine.setAccessible(true);
            Map<String, String> headers = Map.of(
                    "webhook-id", golden.get("id").asText(),
                    "webhook-timestamp", golden.get("timestamp").asText(),
                    "webhook-signature", golden.get("signature").asText());
            String secret = golden.get("secret").asText();
            assertThat(isGenuine.invoke(null, headers, body, secret, now)).isEqualTo(true);
            assertThat(isGenuine.invoke(
                            null, headers, body, golden.get("oldSecret").asText(), now))
                    .isEqualTo(true);
            assertThat(isGenuine.invoke(null, headers, "{}".getBytes(StandardCharsets.UTF_8), secret, now))
                    .isEqualTo(false);
            assertThat(isGenuine.invoke(null, Map.of(), body, secret, now)).isEqualTo(false);
            assertThat(isGenuine.invoke(null, Map.of("webhook-timestamp", "soon"), body, secret, now))
                    .isEqualTo(false);
            assertThat(isGenuine.invoke(null, headers, body, secret, now.plusSeconds(600)))
                    .isEqualTo(false);
        }
    }
}
