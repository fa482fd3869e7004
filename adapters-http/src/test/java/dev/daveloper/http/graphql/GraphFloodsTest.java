package dev.daveloper.http.graphql;

import static dev.daveloper.http.TestGateway.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents and variables that are made to cost more than they are worth. */
class GraphFloodsTest {
    /** Far more than a refusal takes on a slow machine, and far less than what has no bound. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final int MAX_ANSWER_CHARS = 16_000;
    private static final Set<String> RECEPTION =
            Set.of("RateLimits.ask", "RateLimits.countsSessions", "Sessions.recall", "Sessions.authenticate");
    private static final HeardPorts PORTS = new HeardPorts();

    private static TestGateway gateway;
    private static GraphClient caller;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.of(ScriptedAgent.saying("hello"), GraphClient::withKey, PORTS::over);
        caller = GraphClient.session(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void forget_what_was_reported() {
        gateway.reported().clear();
    }

    @AfterEach
    void the_engine_still_answers() throws Exception {
        assertThat(caller.data("{ health { status } }").at("/health/status").textValue())
                .isEqualTo("PASS");
        assertThat(gateway.reported()).isEmpty();
    }

    static Stream<Bomb> bombs() {
        return Bomb.all();
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void a_bomb_is_refused_before_anything_is_done(Bomb bomb) throws Exception {
        HttpResponse<String> answer = answerSoon(bomb.document(), Map.of());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        JsonNode result = TestGateway.json(answer);
        assertThat(result.has("data")).isFalse();
        assertThat(result.at("/errors/0/extensions/code").asText()).startsWith("query_");
        assertThat(result.get("errors")).hasSizeLessThanOrEqualTo(10);
        assertThat(result.at("/errors/0/message").asText()).containsIgnoringCase(bomb.refusal());
        assertThat(RECEPTION).containsAll(PORTS.calls());
    }

    /** What is within all bounds is done, and costs no more than they allow. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{node(id:\"%s\"){id}}",
                "{node(id:\"\"\"%s\"\"\"){id}}",
                "#%s\n{node(id:\"x\"){id}}",
                "%s{node(id:\"x\"){id}}"
            })
    void what_is_long_and_harmless_is_done(String document) throws Exception {
        String filling = document.startsWith("%s") ? " \n,\t".repeat(7_500) : "a".repeat(30_000);
        HttpResponse<String> answer = answerSoon(document.formatted(filling), Map.of());
        assertThat(TestGateway.json(answer).at("/data/node").isNull()).isTrue();
    }

    @Test
    void a_text_of_many_lines_is_no_bomb() throws Exception {
        HttpResponse<String> answer =
                answerSoon("{node(id:\"\"\"" + "\n  \n a".repeat(4_500) + "\"\"\"){id}}", Map.of());
        assertThat(TestGateway.json(answer).at("/data/node").isNull()).isTrue();
    }

    @Test
    void variables_beyond_the_bounds_of_json_are_not_read() throws Exception {
        for (String variables : new String[] {
            "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}",
            "{\"a\":" + "{\"a\":".repeat(100) + "1" + "}".repeat(101),
            "{\"a\":[" + "0,".repeat(100_000) + "0]}",
            "{\"a\":" + "9".repeat(10_000) + "}",
            "{\"a\":1e99999999999}"
        }) {
            String body = "{\"query\":\"{ health { status } }\",\"variables\":" + variables + "}";
            HttpResponse<String> answer = assertTimeout(SOON, () -> caller.send(caller.post(body)));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("malformed_json");
        }
    }

    @Test
    void variables_that_fit_no_type_are_told_of_shortly() throws Exception {
        String long100 = "x".repeat(100_000);
        for (Object value : new Object[] {
            long100,
            Map.of(long100.substring(0, 200), 1),
            Stream.generate(() -> "x").limit(15_000).toList(),
            1e300
        }) {
            HttpResponse<String> answer =
                    answerSoon("query($a: Int!) { documents(first: $a) { nodes { id } } }", Map.of("a", value));
            assertThat(answer.statusCode()).isEqualTo(400);
        }
        HttpResponse<String> page =
                answerSoon("query($a: Int!) { documents(first: $a) { nodes { id } } }", Map.of("a", Integer.MAX_VALUE));
        assertThat(page.body()).contains("query_too_complex");
    }

    @Test
    void a_wide_list_in_a_variable_is_done_by_whoever_may() throws Exception {
        Object tags = Stream.generate(() -> "x").limit(15_000).toList();
        HttpResponse<String> answer =
                answerSoon("mutation($a: [String!]) { forgetCached(tags: $a) { __typename } }", Map.of("a", tags));
        assertThat(answer.body()).contains("admin_required");
    }

    private HttpResponse<String> answerSoon(String document, Map<String, ?> variables) throws Exception {
        PORTS.forget();
        String body = JSON.createObjectNode()
                .put("query", document)
                .<ObjectNode>set("variables", JSON.valueToTree(variables))
                .toString();
        HttpResponse<String> answer = assertTimeout(SOON, () -> caller.send(caller.post(body)));
        assertThat(answer.body()).hasSizeLessThan(MAX_ANSWER_CHARS);
        return answer;
    }
}
