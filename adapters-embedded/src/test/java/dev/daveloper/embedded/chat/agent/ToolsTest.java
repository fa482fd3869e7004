package dev.daveloper.embedded.chat.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.embedded.documents.Fixtures;
import dev.daveloper.embedded.documents.PassageIndex;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolsTest {
    private static final PassageIndex INDEX = PassageIndex.of(Fixtures.documents());
    private final BuiltInAgent agent =
            BuiltInAgent.create(BuiltInAgentConfig.of(INDEX).withClock(() -> Instant.parse("2026-07-01T12:00:00Z")));

    @AfterEach
    void close() {
        agent.close();
    }

    @AfterAll
    static void closeIndex() {
        INDEX.close();
    }

    @Test
    void every_tool_describes_its_arguments_by_a_json_schema() {
        assertThat(agent.tools()).hasSize(4).allSatisfy(tool -> {
            JsonNode schema = JsonText.read(tool.parameters().text());
            assertThat(schema.path("type").asText()).isEqualTo("object");
            assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
            assertThat(schema.path("properties").isEmpty()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12 * (3 + 4)|84",
                "0.1 + 0.2|0.3",
                "2^10|1024",
                "2^-2|0.25",
                "2^0.5|1.414213562373095",
                "-3 + 5|2",
                "10 % 4|2",
                "sqrt(144)|12",
                "max(3, min(9, 7))|7",
                "1/3|0.3333333333333333333333333333333333",
                "2 ^ 200|1.606938044258990275541962092341163E+60",
                "9 ^ 9 ^ 2|1.966270504755529136180759085269121E+77"
            })
    void the_calculator_computes(String expression, String expected) {
        assertThat(result("calculator", "{\"expression\":\"" + expression + "\"}")
                        .path("result")
                        .asText())
                .isEqualTo(expected);
    }

    @Timeout(10)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1/0",
                "sqrt(10^9999^9999)",
                "((10^9999)^9999)^9999",
                "(0-8)^0.5",
                "9^9^9^9^9",
                "9^999999999999",
                "0.5^-999999999",
                "2 +",
                "random()",
                "fact(100000)",
                "a + 1",
                "[1,2]",
                "\\\"x\\\" + 1",
                "sqrt(-1)",
                "max()",
                "((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))"
            })
    void the_calculator_refuses_what_it_cannot_or_should_not_compute(String expression) {
        assertThat(agent.testTool("calculator", new Json("{\"expression\":\"" + expression + "\"}")))
                .satisfies(result -> assertThat(result.ok()).as(result.output()).isFalse());
    }

    @ParameterizedTest
    @CsvSource({
        "Asia/Tokyo,2026-07-01T21:00:00+09:00",
        "tokyo,2026-07-01T21:00:00+09:00",
        "New York,2026-07-01T08:00:00-04:00",
        "+02:00,2026-07-01T14:00:00+02:00",
        "UTC,2026-07-01T12:00:00Z"
    })
    void the_time_is_told_anywhere(String zone, String expected) {
        assertThat(result("current_time", "{\"zone\":\"" + zone + "\"}")
                        .path("time")
                        .asText())
                .isEqualTo(expected);
    }

    @Test
    void without_a_zone_the_time_is_in_utc() {
        assertThat(result("current_time", "{}").path("time").asText()).isEqualTo("2026-07-01T12:00:00Z");
    }

    @Test
    void a_search_gives_numbered_passages_and_no_more_than_wanted() {
        JsonNode passages = result("search_documents", "{\"query\":\"connect my own agent\",\"limit\":1}")
                .path("passages");
        assertThat(passages).hasSize(1);
        assertThat(passages.get(0).path("number").asInt()).isEqualTo(1);
        assertThat(passages.get(0).path("url").asText()).startsWith("/library/guides/agents#p=");
        assertThat(result("search_documents", "{\"query\":\"qwertz\"}").path("passages"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "calculator|{}|#/arguments/expression",
                "calculator|{\"expression\":1}|#/arguments/expression",
                "calculator|{\"expression\":\"\"}|#/arguments/expression",
                "calculator|{\"expression\":\"1\",\"a/b\":1}|#/arguments/a~1b",
                "calculator|[]|#/arguments",
                "calculator|{|#/arguments",
                "search_documents|{\"query\":\"x\",\"limit\":0}|#/arguments/limit",
                "search_documents|{\"query\":\"x\",\"limit\":1.5}|#/arguments/limit",
                "current_time|{\"zone\":null}|#/arguments/zone"
            })
    void arguments_that_do_not_fit_are_named(String tool, String arguments, String pointer) {
        InvalidRequest refusal =
                catchThrowableOfType(InvalidRequest.class, () -> agent.testTool(tool, new Json(arguments)));
        assertThat(refusal.violations())
                .extracting(InvalidRequest.Violation::pointer)
                .containsExactly(pointer);
    }

    @Test
    void all_that_is_wrong_is_named_at_once() {
        InvalidRequest refusal = catchThrowableOfType(
                InvalidRequest.class, () -> agent.testTool("search_documents", new Json("{\"limit\":99,\"x\":1}")));
        assertThat(refusal.violations()).hasSize(3);
    }

    @Test
    void arguments_beyond_the_bound_are_refused() {
        String huge = "{\"expression\":\"" + "1".repeat(ToolBox.MAX_ARGUMENTS_CHARS) + "\"}";
        assertThatThrownBy(() -> agent.testTool("calculator", new Json(huge))).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void an_unknown_tool_is_not_found() {
        assertThatThrownBy(() -> agent.testTool("rm", Json.EMPTY_OBJECT)).isInstanceOf(NotFound.class);
    }

    private JsonNode result(String tool, String arguments) {
        ToolResult result = agent.testTool(tool, new Json(arguments));
        assertThat(result.ok()).as(result.output()).isTrue();
        return JsonText.read(result.output());
    }
}
