package dev.daveloper.http.graphql;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GraphQL over HTTP by POST, as the working group's draft has it. */
class GraphProtocolTest {
    private static final String QUERY = "{\"query\":\"{ health { status } }\"}";
    private static final String GRAPH = "application/graphql-response+json";
    private static final String LEGACY = "application/json";

    private static TestGateway gateway;
    private static GraphClient stranger;

    @BeforeAll
    static void start() {
        gateway = TestGateway.of(ScriptedAgent.saying("hello"), GraphClient::withKey);
        stranger = GraphClient.stranger(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static HttpRequest.Builder post(String type, String body) {
        HttpRequest.Builder request = gateway.request("/graphql").POST(BodyPublishers.ofString(body));
        return type == null ? request : request.header("Content-Type", type);
    }

    private static HttpResponse<String> accepting(String accept, String body) throws Exception {
        return gateway.send(post(LEGACY, body).header("Accept", accept));
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(response).get("code").textValue()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            */*                                                     > application/graphql-response+json
            application/*                                           > application/graphql-response+json
            application/graphql-response+json                       > application/graphql-response+json
            application/graphql-response+json; charset=utf-8        > application/graphql-response+json
            application/graphql-response+json, application/json     > application/graphql-response+json
            application/json;q=0.5, application/graphql-response+json > application/graphql-response+json
            text/html, application/graphql-response+json;q=0.1      > application/graphql-response+json
            application/json                                        > application/json
            application/json, application/graphql-response+json     > application/json
            application/graphql-response+json;q=0.9, application/json > application/json
            application/graphql-response+json;q=0, */*              > application/json
            """)
    void an_answer_has_the_form_that_is_liked_best(String accept, String form) throws Exception {
        HttpResponse<String> answer = accepting(accept, QUERY);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(GraphClient.typeOf(answer)).isEqualTo(form + ";charset=utf-8");
        assertThat(json(answer).at("/data/health/status").textValue()).isEqualTo("PASS");
    }

    @Test
    void who_says_nothing_of_forms_gets_the_newer_one() throws Exception {
        HttpResponse<String> answer = gateway.send(post(LEGACY, QUERY));
        assertThat(GraphClient.typeOf(answer)).isEqualTo(GRAPH + ";charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml, text/plain", "application/graphql-response+json;q=0"})
    void what_fits_no_form_is_not_acceptable(String accept) throws Exception {
        assertProblem(accepting(accept, QUERY), 406, "not_acceptable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\"",
                "Application/JSON"
            })
    void a_request_is_json_in_utf_8(String type) throws Exception {
        assertThat(gateway.send(post(type, QUERY)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/graphql",
                "application/graphql+json",
                "application/json; charset=iso-8859-1",
                "application/json; charset=utf-16"
            })
    void nothing_else_is_a_request(String type) throws Exception {
        assertProblem(gateway.send(post(type, QUERY)), 415, "unsupported_media_type");
    }

    @Test
    void a_request_without_a_type_is_none() throws Exception {
        assertProblem(gateway.send(post(null, QUERY)), 415, "unsupported_media_type");
        assertProblem(gateway.send(post(null, "")), 415, "unsupported_media_type");
    }

    @Test
    void whoever_would_upload_is_told_where() throws Exception {
        HttpResponse<String> refused =
                gateway.send(post("multipart/form-data; boundary=x", "--x\r\n\r\n" + QUERY + "\r\n--x--\r\n"));
        assertProblem(refused, 415, "unsupported_media_type");
        assertThat(json(refused).get("detail").textValue()).contains("POST /documents/ingest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "1", "\"{ health { status } }\"", "[]", "[" + QUERY + "]", "{\"query\":"})
    void a_body_is_one_object_and_batches_are_none(String body) throws Exception {
        for (String form : new String[] {GRAPH, LEGACY}) {
            assertProblem(accepting(form, body), 400, "malformed_json");
        }
    }

    @Test
    void what_is_no_utf_8_is_no_json() throws Exception {
        byte[] broken = QUERY.replace("health", "h\u00e4").getBytes(StandardCharsets.ISO_8859_1);
        byte[] marked = ("\ufeff" + QUERY).getBytes(StandardCharsets.UTF_8);
        for (byte[] body : new byte[][] {broken, marked}) {
            HttpRequest.Builder request =
                    gateway.request("/graphql").header("Content-Type", LEGACY).POST(BodyPublishers.ofByteArray(body));
            assertProblem(gateway.send(request), 400, "malformed_json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "operationName", "variables", "extensions"})
    void a_member_of_another_kind_is_refused_by_its_name(String member) throws Exception {
        boolean text = member.equals("query") || member.equals("operationName");
        for (String value : new String[] {"1", "true", "[]", "[{}]", text ? "{}" : "\"{}\""}) {
            String rest = member.equals("query") ? "" : "\"query\":\"{ health { status } }\",";
            HttpResponse<String> refused = accepting(GRAPH, "{" + rest + "\"" + member + "\":" + value + "}");
            assertProblem(refused, 400, "invalid_request");
            assertThat(TestGateway.pointers(refused)).as(value).containsExactly("#/" + member);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"query\":null}", "{\"query\":\"\"}", "{\"queries\":\"{ health { status } }\"}"})
    void without_a_query_there_is_nothing_to_do(String body) throws Exception {
        HttpResponse<String> refused = accepting(GRAPH, body);
        assertProblem(refused, 400, "invalid_request");
        assertThat(TestGateway.pointers(refused)).containsExactly("#/query");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"operationName\":null,\"variables\":null,\"extensions\":null",
                "\"operationName\":\"\",\"variables\":{},\"extensions\":{}",
                "\"variables\":{\"unknown\":[1]},\"extensions\":{\"unknown\":{}}",
                "\"id\":7,\"key\":{\"whatever\":[true]}"
            })
    void what_says_nothing_and_what_is_unknown_is_passed_over(String members) throws Exception {
        String body = QUERY.replace("}\"}", "}\"," + members + "}");
        assertThat(json(accepting(GRAPH, body)).at("/data/health/status").textValue())
                .isEqualTo("PASS");
    }

    @Test
    void the_operation_that_is_named_is_the_one_that_is_done() throws Exception {
        String both = "query A { tools { name } } query B { health { status } }";
        Map<String, String> request = Map.of("query", both, "operationName", "B");
        JsonNode answer = json(accepting(GRAPH, TestGateway.JSON.writeValueAsString(request)));
        assertThat(answer.get("data").has("health")).isTrue();
        assertThat(answer.get("data").has("tools")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            {"query":"{ health {"}                                             > it is no document
            {"query":"query A { health { status } } query B { health { status } }"} > none is named
            {"query":"query A { health { status } }","operationName":"B"}      > another is named
            {"query":"{ nothing }"}                                            > there is no such field
            {"query":"{ health { status(of: 1) } }"}                           > there is no such argument
            {"query":"query($n: Int!) { documents(first: $n) { nodes { id } } }"} > a variable is missing
            {"query":"query($n: Int) { documents(first: $n) { nodes { id } } }","variables":{"n":"x"}} > it is no number
            {"query":"{ documents(first: 1000000) { nodes { id name } } }"}    > it weighs too much
            """)
    void what_cannot_be_done_is_refused_and_the_form_says_how(String body, String why) throws Exception {
        HttpResponse<String> spoken = accepting(GRAPH, body);
        HttpResponse<String> legacy = accepting(LEGACY, body);
        assertThat(spoken.statusCode()).as(why).isEqualTo(400);
        assertThat(GraphClient.typeOf(spoken)).isEqualTo(GRAPH + ";charset=utf-8");
        assertThat(legacy.statusCode()).as(why).isEqualTo(200);
        for (HttpResponse<String> each : List.of(spoken, legacy)) {
            assertThat(json(each).has("data")).isFalse();
            assertThat(json(each).at("/errors/0/extensions/code").textValue()).startsWith("query_");
            assertThat(json(each).at("/errors/0/extensions/status").intValue()).isEqualTo(400);
        }
    }

    @Test
    void what_could_be_had_is_given_with_what_could_not() throws Exception {
        for (String form : new String[] {GRAPH, LEGACY}) {
            HttpResponse<String> partial =
                    accepting(form, "{\"query\":\"{ health { status } run(id: \\\"run_x\\\") { id } }\"}");
            assertThat(partial.statusCode()).isEqualTo(200);
            assertThat(json(partial).at("/data/health/status").textValue()).isEqualTo("PASS");
            assertThat(json(partial).at("/data/run").isNull()).isTrue();
            assertThat(json(partial).at("/errors/0/extensions/code").textValue())
                    .isEqualTo("session_required");
        }
    }

    @Test
    void every_letter_goes_to_and_fro() throws Exception {
        GraphClient caller = GraphClient.session(gateway);
        String text = "Gr\u00fc\u00dfe \ud83d\ude00 \u0000 \u2028";
        JsonNode data = caller.data(
                "mutation($a: JSON!) { testTool(name: \"echo\", arguments: $a) { ... on ToolOutput { output } } }",
                Map.of("a", Map.of("text", text)));
        JsonNode output = TestGateway.JSON.readTree(data.at("/testTool/output").textValue());
        assertThat(output.get("text").textValue()).isEqualTo(text);
    }

    @Test
    void a_body_that_is_too_large_is_not_read() throws Exception {
        String large = "{\"query\":\"{ health { status } }\",\"variables\":{\"a\":\"" + "a".repeat(1 << 20) + "\"}}";
        assertProblem(accepting(GRAPH, large), 413, "body_too_large");
    }

    @Test
    void an_answer_is_kept_by_nobody() throws Exception {
        assertThat(stranger.send(stranger.post(QUERY)).headers().firstValue("Cache-Control"))
                .hasValue("no-store");
        assertThat(stranger.send(stranger.post("{\"query\":\"{\"}")).headers().firstValue("Cache-Control"))
                .hasValue("no-store");
    }
}
