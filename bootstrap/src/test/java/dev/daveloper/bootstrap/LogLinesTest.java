package dev.daveloper.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.KeyValuePair;

/** What a line of the log looks like, whatever is written into it. */
class LogLinesTest {
    private static final String FORGED = "2026-01-01T00:00:00.000Z ERROR Gateway: all is lost";
    private static final String NASTY =
            "a\r\n" + FORGED + "\n\u001b[31mred\u001b[0m\u009b2J\u0085\u2028\u2029" + FORGED + "\u202egnirts \0";
    private static final Map<String, String> IDS =
            Map.of("requestId", "req_01jd", "traceId", "4bf92f3577b34da6a3ce929d0e0e4736");

    private final LoggerContext context = new LoggerContext();

    @Test
    void a_line_for_people_names_the_request_in_short() {
        assertThat(lines(false, "told", null, IDS))
                .singleElement()
                .asString()
                .matches("\\S+ WARN  Gateway req_01jd 4bf92f35: told code=internal");
        assertThat(lines(false, "told", null, Map.of()))
                .first()
                .asString()
                .endsWith("WARN  Gateway: told code=internal");
    }

    @Test
    void a_line_for_programs_names_the_request_whole() throws IOException {
        JsonNode line = json("told", null, IDS);
        assertThat(line.get("formattedMessage").textValue()).isEqualTo("told");
        assertThat(line.get("requestId").textValue()).isEqualTo("req_01jd");
        assertThat(line.get("traceId").textValue()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(line.at("/kvpList/0/code").textValue()).isEqualTo("internal");
        assertThat(json("told", null, Map.of()).has("traceId")).isFalse();
        assertThat(json("told", null, Map.of("requestId", "a\",\"level\":\"x")).has("requestId"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void no_message_forges_a_line_or_speaks_to_the_terminal(boolean asJson) throws IOException {
        List<String> lines = lines(asJson, NASTY, new IllegalStateException(NASTY, new IOException(NASTY)), IDS);

        assertThat(lines).noneMatch(line -> line.startsWith("2026-01-01")).noneMatch(line -> line.startsWith("a"));
        assertThat(String.join("", lines).chars()).noneMatch(c -> Character.isISOControl(c) && c != '\t');
        if (asJson) {
            assertThat(lines).hasSize(1);
            JsonNode line = new ObjectMapper().readTree(lines.getFirst());
            assertThat(line.get("formattedMessage").textValue()).startsWith("a\r\n" + FORGED);
            assertThat(line.at("/throwable/message").textValue()).contains(FORGED);
        } else {
            assertThat(lines.getFirst()).contains("a " + FORGED).doesNotContain("\u2028", "\u202e");
            assertThat(lines.stream().skip(1)).hasSizeGreaterThan(5).allMatch(line -> line.startsWith("    "));
        }
    }

    private JsonNode json(String message, @Nullable Throwable thrown, Map<String, String> ids) throws IOException {
        return new ObjectMapper().readTree(lines(true, message, thrown, ids).getFirst());
    }

    private List<String> lines(boolean asJson, String message, @Nullable Throwable thrown, Map<String, String> ids) {
        Encoder<ch.qos.logback.classic.spi.ILoggingEvent> encoder = LogSetup.encoder(context, asJson);
        LoggingEvent event = new LoggingEvent(
                "", context.getLogger("dev.daveloper.Gateway"), Level.WARN, "{}", thrown, new Object[] {message});
        event.addKeyValuePair(new KeyValuePair("code", "internal"));
        event.setMDCPropertyMap(ids);
        String text = new String(encoder.encode(event), StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n");
        return List.of(text.split("\n", -1)).subList(0, text.split("\n", -1).length - 1);
    }
}
