package dev.daveloper.http.graphql;

import static dev.daveloper.http.TestGateway.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
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

    private static String times(int n, IntFunction<String> each) {
        return IntStream.range(0, n).mapToObj(each).collect(Collectors.joining(" "));
    }

    /** So many fields within one another. */
    private static String nested(int depth, String open, String inmost) {
        return open.repeat(depth) + inmost + "}".repeat(depth);
    }

    /** A chain of fragments, each of which spreads the next one as {@code body} has it. */
    private static String chain(int n, String type, String body, String end) {
        return times(n, i -> "fragment f" + i + " on " + type + "{" + body.replace("$", "f" + (i + 1)) + "}")
                + " fragment f" + n + " on " + type + "{" + end + "}";
    }

    static Stream<Named<String>> bombs() {
        return Stream.of(
                Named.of("depth", "{session{activeRun{" + nested(30, "message{run{", "id") + "}".repeat(32)),
                Named.of("depth beyond any parser", nested(900, "{a", "{a}")),
                Named.of("depth of lists", "{node(id:" + "[".repeat(1_900) + "]".repeat(1_900) + "){id}}"),
                Named.of(
                        "depth of objects",
                        "mutation{testTool(name:\"x\",arguments:" + nested(900, "{a:", "1") + "){__typename}}"),
                Named.of(
                        "depth of types",
                        "query($a:" + "[".repeat(1_900) + "Int" + "]".repeat(1_900) + "){tools{name}}"),
                Named.of("aliases", "{" + times(100, i -> "a" + i + ":health{status}") + "}"),
                Named.of("one field many times", "{" + times(1_200, i -> "health{status}") + "}"),
                Named.of(
                        "many fields in fragments",
                        "{" + times(30, i -> "...f" + i) + "}"
                                + times(
                                        30,
                                        i -> "fragment f" + i + " on Query{" + times(35, j -> "health{status}") + "}")),
                Named.of("a fragment within itself", "{...a} fragment a on Query{...a}"),
                Named.of("a ring of fragments", "{...f0}" + chain(50, "Query", "...$", "...f0")),
                Named.of(
                        "a ring of fragments by fields",
                        "{session{activeRun{...a}}} fragment a on Run{message{run{...a}}}"),
                Named.of("doubled fragments", "{...f0}" + chain(90, "Query", "...$ ...$", "tools{name}")),
                Named.of(
                        "doubled fragments without a type",
                        "{...f0}" + chain(60, "Query", "...{...$} ...{...$}", "tools{name}")),
                Named.of(
                        "doubled fields in fragments",
                        "{session{activeRun{...f0}}}"
                                + chain(60, "Run", "message{run{...$}} message{run{...$}}", "id")),
                Named.of(
                        "doubled fields within the depth",
                        "{session{activeRun{...f0}}}" + chain(7, "Run", times(10, i -> "message{run{...$}}"), "id")),
                Named.of(
                        "fragments that are used by nobody",
                        "{health{status}}" + chain(200, "Query", "...$", "tools{name}")),
                Named.of("directives on a field", "{health" + times(60, i -> "@skip(if:false)") + "{status}}"),
                Named.of("directives on many fields", "{" + times(60, i -> "health@skip(if:false){status}") + "}"),
                Named.of("directives that are unknown", "{health" + times(1_500, i -> "@a" + i) + "{status}}"),
                Named.of(
                        "introspection in circles",
                        "{__schema{types{" + nested(8, "fields{type{", "name") + "}".repeat(11)),
                Named.of(
                        "introspection from many sides",
                        "{" + times(25, i -> "a" + i + ":__schema{types{fields{name args{name}}}}") + "}"),
                Named.of(
                        "types of types",
                        "{__type(name:\"Query\"){" + nested(15, "ofType{", "name") + "}}"
                                + "fragment f on __Type{fields{type{fields{type{fields{type{name}}}}}}}"),
                Named.of("operations", "{health{status}}" + times(300, i -> "fragment f" + i + " on Query{a}")),
                Named.of(
                        "operations that share fragments",
                        times(120, i -> "query q" + i + "{...f0}") + chain(120, "Query", "...$", "tools{name}")),
                Named.of("variables", "query(" + times(900, i -> "$a" + i + ":Int") + "){tools{name}}"),
                Named.of("tokens", "{" + times(5_000, i -> "a") + "}"),
                Named.of("a long name", "{" + "a".repeat(31_000) + "}"),
                Named.of("many unknown names", "{" + times(900, i -> "a" + i) + "}"),
                Named.of("a long list", "{node(id:[" + times(3_900, i -> "1") + "]){id}}"),
                Named.of("a long number", "{documents(first:" + "9".repeat(31_000) + "){nodes{id}}}"),
                Named.of("a long fraction", "{documents(first:0." + "9".repeat(31_000) + "){nodes{id}}}"),
                Named.of("a huge exponent", "mutation{testTool(name:\"x\",arguments:1e99999999999){__typename}}"),
                Named.of("a tiny exponent", "mutation{testTool(name:\"x\",arguments:1e-99999999999){__typename}}"),
                Named.of("a long page", "{documents(first:2147483647){nodes{id name}}}"),
                Named.of("half of a letter", "{node(id:\"\\ud83d\"){id}}"),
                Named.of("a letter that is none", "{node(id:\"\\u{99999999999}\"){id}}"),
                Named.of("white space", " ".repeat(40_000) + "{health{status}}"),
                Named.of("commas", ",".repeat(40_000) + "{health{status}}"),
                Named.of("comments", "#\n".repeat(20_000) + "{health{status}}"),
                Named.of("nothing at all", "#"),
                Named.of("a schema", "type Query{health:Int}"),
                Named.of("an open text", "{node(id:\"\"\"" + "\n ".repeat(10_000)),
                Named.of("control characters", "{health{status\u0000}}"));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void a_bomb_is_refused_before_anything_is_done(String document) throws Exception {
        HttpResponse<String> answer = answerSoon(document, Map.of());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        JsonNode result = TestGateway.json(answer);
        assertThat(result.has("data")).isFalse();
        assertThat(result.at("/errors/0/extensions/code").asText()).startsWith("query_");
        assertThat(result.get("errors")).hasSizeLessThanOrEqualTo(10);
        assertThat(RECEPTION).as(document).containsAll(PORTS.calls());
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
                .<com.fasterxml.jackson.databind.node.ObjectNode>set("variables", JSON.valueToTree(variables))
                .toString();
        HttpResponse<String> answer = assertTimeout(SOON, () -> caller.send(caller.post(body)));
        assertThat(answer.body()).hasSizeLessThan(MAX_ANSWER_CHARS);
        return answer;
    }
}
