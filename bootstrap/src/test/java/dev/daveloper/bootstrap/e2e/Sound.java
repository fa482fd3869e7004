package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.bootstrap.e2e.Wire.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What holds for every answer, whatever was asked: no defect, a known form, nothing of the corpus outside it. */
final class Sound {
    /** What is sent beside JSON. */
    private static final List<String> PAGES =
            List.of("text/html", "text/markdown", "application/yaml", "application/graphql;");

    /** What says what is wrong: a problem or, for GraphQL, a result with errors. */
    private static final List<String> REFUSALS =
            List.of("application/problem+json", "application/graphql-response+json; charset=utf-8");

    private Sound() {}

    static void assertSound(Answer answer, byte[] request) throws IOException {
        assertThat(answer.status()).as(() -> shown(request) + answer.text()).isBetween(200, 499);
        assertThat(answer.header("x-content-type-options"))
                .as(() -> shown(request))
                .isEqualTo("nosniff");
        assertThat(answer.headers().toString()).doesNotContain(Corpus.MARK);
        String type = answer.header("content-type");
        if (answer.status() >= 400) {
            assertThat(type).as(() -> shown(request)).isIn(REFUSALS);
        }
        if (type.contains("json") && answer.body().length > 0) {
            JsonNode body = json(answer);
            assertThat(body.path("status").asInt(answer.status())).isEqualTo(answer.status());
            assertThat(answer.status() < 400 || !codeIn(body).isEmpty()).isTrue();
        } else {
            assertThat(answer.body().length == 0 || PAGES.stream().anyMatch(type::startsWith))
                    .as(() -> shown(request) + type)
                    .isTrue();
            assertThat(answer.text()).doesNotContain(Corpus.MARK);
        }
    }

    private static String codeIn(JsonNode body) {
        return body.path("code").asText(body.at("/errors/0/extensions/code").asText());
    }

    static void assertRefused(Answer answer, String pointer) throws IOException {
        assertSound(answer, new byte[0]);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(pointers(answer)).containsExactly(pointer);
    }

    static List<String> pointers(Answer answer) throws IOException {
        assertThat(json(answer).path("code").asText()).as(answer::text).isEqualTo("invalid_request");
        return json(answer)
                .path("errors")
                .valueStream()
                .map(error -> error.path("pointer").asText())
                .toList();
    }

    static JsonNode json(Answer answer) throws IOException {
        return Visitor.JSON.readTree(answer.body());
    }

    static String shown(byte[] request) {
        return new String(request, 0, Math.min(request.length, 1_000), StandardCharsets.UTF_8) + "\n";
    }
}
