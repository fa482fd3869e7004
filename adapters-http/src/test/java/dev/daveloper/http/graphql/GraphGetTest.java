package dev.daveloper.http.graphql;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.TestGateway;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GraphQL over HTTP by GET, and by methods that are none of it. */
class GraphGetTest {
    private static final String QUERY = "{ health { status } }";
    private static final String BOTH = "query A { tools { name } } query B { health { status } }";

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.of(ScriptedAgent.saying("hello"), GraphClient::withKey);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** @param parameters names and values by turns */
    private static HttpRequest.Builder asking(String... parameters) {
        StringBuilder path = new StringBuilder("/graphql");
        for (int i = 0; i < parameters.length; i += 2) {
            path.append(i == 0 ? '?' : '&')
                    .append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        return gateway.request(path.toString());
    }

    private static JsonNode answer(String... parameters) throws Exception {
        HttpResponse<String> response = gateway.send(asking(parameters));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).get("data");
    }

    private static void assertRefused(int status, String code, String... parameters) throws Exception {
        HttpResponse<String> response = gateway.send(asking(parameters));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).contains("\"code\":\"" + code + "\"");
    }

    @Test
    void a_query_is_asked_by_its_address() throws Exception {
        assertThat(answer("query", QUERY).at("/health/status").textValue()).isEqualTo("PASS");
        assertThat(answer("query", BOTH, "operationName", "B").has("health")).isTrue();
        String node = "query($id: ID!) { node(id: $id) { id } }";
        assertThat(answer("query", node, "variables", "{\"id\":\"run_\u00fc\"}").get("node"))
                .isNotNull();
    }

    @Test
    void an_empty_parameter_is_as_good_as_none() throws Exception {
        assertThat(answer("query", QUERY, "operationName", "", "variables", "", "extensions", "")
                        .has("health"))
                .isTrue();
        assertThat(answer("query", QUERY, "variables", "null", "extensions", "null")
                        .has("health"))
                .isTrue();
        assertRefused(400, "invalid_request", "query", "");
        assertRefused(400, "invalid_request");
    }

    @Test
    void an_operation_that_is_called_null_has_this_name() throws Exception {
        assertRefused(400, "query_invalid", "query", QUERY, "operationName", "null");
        assertThat(answer("query", "query null " + QUERY, "operationName", "null")
                        .has("health"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            []                  > invalid_request
            [{}]                > invalid_request
            1                   > invalid_request
            "{}"                > invalid_request
            {                   > malformed_json
            {}{}                > malformed_json
            {"a":1,"a":2}       > malformed_json
            {"a":1e99999999999} > malformed_json
            """)
    void variables_and_extensions_are_objects(String text, String code) throws Exception {
        assertRefused(400, code, "query", QUERY, "variables", text);
        assertRefused(400, code, "query", QUERY, "extensions", text);
    }

    @Test
    void parameters_that_are_unknown_are_passed_over() throws Exception {
        // Not held against the document: there these have no place.
        HttpResponse<String> response =
                gateway.client().send(asking("query", QUERY, "cachebuster", "1").build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void nothing_is_changed_by_an_address() throws Exception {
        String both = "query Q { health { status } } mutation M { openSession { __typename } }";
        HttpResponse<String> refused = gateway.send(asking("query", both, "operationName", "M"));
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).hasValue("POST");
        assertThat(gateway.core().sessions().counts().opened()).isZero();
        assertThat(answer("query", both, "operationName", "Q").has("health")).isTrue();
    }

    @Test
    void for_the_head_alone_nothing_is_done() throws Exception {
        for (String query : new String[] {QUERY, "mutation { openSession { __typename } }"}) {
            HttpResponse<String> head = gateway.send(asking("query", query).method("HEAD", BodyPublishers.noBody()));
            assertThat(head.statusCode()).isEqualTo(400);
            assertThat(head.body()).isEmpty();
        }
        assertThat(gateway.core().sessions().counts().opened()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE", "OPTIONS"})
    void other_methods_are_none(String method) throws Exception {
        HttpResponse<String> refused = gateway.send(gateway.request("/graphql")
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString("{\"query\":\"" + QUERY + "\"}")));
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow").orElseThrow()).contains("GET", "POST");
        assertThat(refused.body()).contains("method_not_allowed");
    }

    @Test
    void an_address_that_is_too_long_is_refused() throws Exception {
        HttpResponse<String> refused = gateway.send(asking("query", "#" + "a".repeat(20_000) + "\n" + QUERY));
        assertThat(refused.statusCode()).isEqualTo(414);
    }

    @Test
    void errors_have_the_status_that_the_form_wants() throws Exception {
        assertRefused(400, "query_invalid", "query", "{");
        HttpResponse<String> legacy =
                gateway.send(asking("query", "{ nothing }").header("Accept", "application/json"));
        assertThat(legacy.statusCode()).isEqualTo(200);
        assertThat(GraphClient.typeOf(legacy)).isEqualTo("application/json;charset=utf-8");
    }
}
