package dev.daveloper.http.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of the API's documents are examples of what they stand beside. */
class ExamplesTest {
    private static final ApiDocument OPENAPI = ApiContract.DOCUMENT;

    private final List<String> flaws = new ArrayList<>();
    private int examples;

    @Test
    void every_body_every_parameter_and_every_header_has_an_example_that_is_one() {
        visit("/paths");
        visit("/components");
        assertThat(flaws).isEmpty();
        assertThat(examples).isGreaterThanOrEqualTo(100);
    }

    @Test
    void every_message_has_an_example_that_is_one() {
        for (JsonNode message : MessageContract.DOCUMENT.at("/components/messages")) {
            assertThat(message.path("examples"))
                    .as(message.path("name").asText())
                    .isNotEmpty();
            message.path("examples").forEach(example -> MessageContract.check(example.get("payload")));
        }
    }

    @Test
    void a_message_with_a_member_that_is_not_described_is_found() {
        String pong = "{\"type\":\"pong\",\"replyTo\":\"1\",\"more\":true}";
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> MessageContract.check(ApiContract.read(pong))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("more");
    }

    private void visit(String pointer) {
        if (!OPENAPI.resolve(pointer).equals(pointer)) {
            return;
        }
        JsonNode node = OPENAPI.at(pointer);
        if (node.path("content").isObject()) {
            node.get("content")
                    .properties()
                    .forEach(media -> checkMedia(pointer + "/content" + ApiDocument.step(media.getKey())));
        }
        boolean described = node.has("schema") && node.has("description");
        if (described) {
            // Those of optional parameters stand in their schemas, so that the explorer does not send them unasked.
            JsonNode example = node.has("example") ? node.get("example") : node.at("/schema/examples/0");
            checkValue(pointer, example, node.path("in").asText());
        }
        node.properties().forEach(member -> visit(pointer + ApiDocument.step(member.getKey())));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            visit(pointer + "/" + i);
        }
    }

    private void checkMedia(String pointer) {
        JsonNode media = OPENAPI.at(pointer);
        List<JsonNode> values = new ArrayList<>();
        if (media.has("example")) {
            values.add(media.get("example"));
        }
        media.path("examples")
                .properties()
                .forEach(example -> values.add(
                        OPENAPI.at(pointer + "/examples/" + example.getKey()).get("value")));
        boolean upload = pointer.endsWith("multipart~1form-data");
        if (values.isEmpty() && !upload) {
            flaws.add(pointer + " has no example");
        }
        for (JsonNode value : values) {
            examples++;
            note(pointer, OPENAPI.flaws(pointer + "/schema", value));
            if (pointer.endsWith("text~1event-stream")) {
                checkStream(pointer, value.textValue());
            }
        }
    }

    private void checkStream(String pointer, String stream) {
        List<String> data = stream.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .toList();
        assertThat(data).isNotEmpty();
        data.forEach(line -> note(pointer, ApiContract.flawsOfEvent(pointer + "/schema", ApiContract.read(line))));
        assertThat(stream).endsWith("\n\n");
    }

    private void checkValue(String pointer, JsonNode example, String in) {
        examples++;
        if (example.isMissingNode()) {
            flaws.add(pointer + " has no example");
            return;
        }
        JsonNode value = in.isEmpty() ? new TextNode(example.asText()) : example;
        note(pointer, OPENAPI.flaws(pointer + "/schema", value));
    }

    private void note(String pointer, List<String> found) {
        found.forEach(flaw -> flaws.add(pointer + ": " + flaw));
    }
}
