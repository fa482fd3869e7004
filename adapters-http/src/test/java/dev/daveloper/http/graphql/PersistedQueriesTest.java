package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.TestGateway;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As clients of automatic persisted queries and of persisted documents do it, over a real server. */
class PersistedQueriesTest {
    private static final String RESPONSE = "application/graphql-response+json";
    private static final String TEXT =
            "query Is($kind: String) { health { status } documents(kind: $kind) { nodes { id } } }";
    private static final String HASH = DocumentHash.of(TEXT).hex();

    private TestGateway gateway = TestGateway.of(ScriptedAgent.saying("Hello"));

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void restart(UnaryOperator<GraphConfig> config) {
        gateway.close();
        gateway = TestGateway.of(
                ScriptedAgent.saying("Hello"), http -> http.withGraphs(config.apply(GraphConfig.DEFAULT)));
    }

    private static ObjectNode extensions(String hash) {
        ObjectNode extensions = TestGateway.JSON.createObjectNode();
        extensions.putObject("persistedQuery").put("version", 1).put("sha256Hash", hash);
        return extensions;
    }

    private HttpResponse<String> post(GraphClient client, ObjectNode body) throws Exception {
        return client.send(client.post(body.toString()));
    }

    private HttpResponse<String> get(GraphClient client, String query) throws Exception {
        HttpRequest.Builder request = client.request("/graphql?" + query).header("Accept", RESPONSE);
        return client.send(request);
    }

    private static String parameter(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static ObjectNode body() {
        return TestGateway.JSON.createObjectNode();
    }

    private static String code(HttpResponse<String> answer) throws Exception {
        return TestGateway.json(answer).at("/errors/0/extensions/code").textValue();
    }

    private static void assertDone(HttpResponse<String> answer) throws Exception {
        JsonNode json = TestGateway.json(answer);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json.has("errors")).as(answer.body()).isFalse();
        assertThat(json.at("/data/health/status").textValue()).isEqualTo("PASS");
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    }

    @Test
    void a_document_is_sent_once_and_named_from_then_on_by_post_and_by_get() throws Exception {
        GraphClient client = GraphClient.session(gateway);
        ObjectNode named = body().set("extensions", extensions(HASH));
        String address = parameter("extensions", extensions(HASH).toString());
        for (HttpResponse<String> unknown : List.of(post(client, named), get(client, address))) {
            assertThat(unknown.statusCode()).isEqualTo(200);
            assertThat(unknown.headers().firstValue("Content-Type")).hasValue(RESPONSE + "; charset=utf-8");
            assertThat(unknown.headers().allValues("Cache-Control"))
                    .containsExactly("private, no-cache, must-revalidate");
            assertThat(TestGateway.json(unknown).at("/errors/0/message").textValue())
                    .isEqualTo("PersistedQueryNotFound");
            assertThat(code(unknown)).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
            assertThat(TestGateway.json(unknown).has("data")).isFalse();
            assertThat(TestGateway.json(unknown).at("/errors/0").has("locations"))
                    .isFalse();
        }

        assertDone(post(client, named.deepCopy().put("query", TEXT)));
        assertDone(post(client, named));
        assertDone(get(client, address));
        assertDone(get(
                client,
                parameter("documentId", "sha256:" + HASH) + "&" + parameter("variables", "{\"kind\":\"pdf\"}")));
        assertDone(post(client, body().put("documentId", "sha256:" + HASH)));
    }

    @Test
    void it_is_the_same_document_on_a_stream_and_on_a_websocket() throws Exception {
        GraphClient client = GraphClient.session(gateway);
        ObjectNode named = body().set("extensions", extensions(HASH));
        HttpRequest.Builder stream = client.post(named.toString()).setHeader("Accept", "text/event-stream");
        HttpResponse<String> unknown = client.send(stream);
        assertThat(unknown.statusCode()).isEqualTo(200);
        assertThat(unknown.body()).contains("event: next", "PERSISTED_QUERY_NOT_FOUND", "event: complete");
        try (GraphSocketClient socket =
                GraphSocketClient.of(gateway, gateway.newCaller().token())) {
            socket.say(subscribe("1", named));
            assertThat(socket.next("error", "1").at("/payload/0/message").textValue())
                    .isEqualTo("PersistedQueryNotFound");
            socket.say(subscribe("2", named.deepCopy().put("query", TEXT)));
            assertThat(socket.only("2").at("/health/status").textValue()).isEqualTo("PASS");
            socket.say(subscribe("3", body().put("documentId", "sha256:" + HASH)));
            assertThat(socket.only("3").at("/health/status").textValue()).isEqualTo("PASS");
        }
        assertThat(client.send(stream).body()).contains("\"status\":\"PASS\"", "event: complete");
    }

    private static String subscribe(String id, ObjectNode payload) {
        ObjectNode message = body().put("id", id).put("type", "subscribe");
        message.set("payload", payload);
        return message.toString();
    }

    @Test
    void by_get_a_document_is_registered_as_well() throws Exception {
        GraphClient client = GraphClient.session(gateway);
        String name = parameter("extensions", extensions(HASH).toString());
        assertDone(get(client, parameter("query", TEXT) + "&" + name));
        assertDone(get(client, name));
    }

    @Test
    void what_it_is_not_called_by_is_refused_with_400_in_either_form() throws Exception {
        GraphClient client = GraphClient.session(gateway);
        ObjectNode wrong = body().put("query", "{ health { status } }").set("extensions", extensions(HASH));
        HttpResponse<String> refused = post(client, wrong);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(code(refused)).isEqualTo("query_invalid");
        HttpResponse<String> legacy =
                client.send(client.post(wrong.toString()).setHeader("Accept", "application/json"));
        assertThat(legacy.statusCode()).isEqualTo(400);
        assertThat(code(legacy)).isEqualTo("query_invalid");
        assertThat(code(post(client, body().set("extensions", extensions(HASH)))))
                .isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    }

    @Test
    void an_unknown_identifier_is_a_single_error() throws Exception {
        GraphClient client = GraphClient.stranger(gateway);
        HttpResponse<String> unknown = post(client, body().put("documentId", "sha256:" + HASH));
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(TestGateway.json(unknown).get("errors")).hasSize(1);
        assertThat(code(unknown)).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
        HttpResponse<String> number = post(client, body().put("documentId", 7));
        assertThat(number.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(number)).containsExactly("#/documentId");
        assertThat(post(client, body().put("documentId", "")).body()).contains("A query is needed.");
    }

    @Test
    void what_is_not_valid_is_told_so_and_not_remembered() throws Exception {
        GraphClient client = GraphClient.stranger(gateway);
        String wrong = "{ nothing }";
        ObjectNode named =
                body().set("extensions", extensions(DocumentHash.of(wrong).hex()));
        assertThat(code(post(client, named.deepCopy().put("query", wrong)))).isEqualTo("query_invalid");
        assertThat(code(post(client, named))).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    }

    @Test
    void a_mutation_is_remembered_and_done_by_post_alone() throws Exception {
        GraphClient client = GraphClient.session(gateway);
        String text = "mutation { clearConversation { ... on Done { done } } }";
        ObjectNode named =
                body().set("extensions", extensions(DocumentHash.of(text).hex()));
        assertThat(post(client, named.deepCopy().put("query", text)).body()).contains("\"done\":true");
        assertThat(post(client, named).body()).contains("\"done\":true");
        HttpResponse<String> refused = get(
                client,
                parameter("documentId", "sha256:" + DocumentHash.of(text).hex()));
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void who_names_what_is_unknown_is_counted_too() throws Exception {
        GraphClient client = GraphClient.stranger(gateway);
        gateway.core()
                .limits()
                .change(dev.daveloper.domain.ratelimits.PolicyText.read("few: 2 per 1h by address on POST /graphql"));
        ObjectNode named = body().set("extensions", extensions(HASH));
        assertThat(post(client, named).statusCode()).isEqualTo(200);
        assertThat(post(client, named).statusCode()).isEqualTo(200);
        assertThat(post(client, named).statusCode()).isEqualTo(429);
    }

    @Test
    void switched_off_clients_are_told_not_to_try_again() throws Exception {
        restart(config -> config.withPersistedQueries(false));
        GraphClient client = GraphClient.session(gateway);
        ObjectNode named = body().set("extensions", extensions(HASH));
        HttpResponse<String> unsupported = post(client, named);
        assertThat(unsupported.statusCode()).isEqualTo(200);
        assertThat(TestGateway.json(unsupported).at("/errors/0/message").textValue())
                .isEqualTo("PersistedQueryNotSupported");
        assertDone(post(client, named.deepCopy().put("query", TEXT)));
        assertThat(code(post(client, named))).isEqualTo("PERSISTED_QUERY_NOT_SUPPORTED");
    }

    @Test
    void with_a_list_nothing_else_is_done(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("trusted.json"), body().put(HASH, TEXT).toString());
        restart(config -> config.withTrustedDocuments(file));
        GraphClient client = GraphClient.session(gateway);
        assertDone(post(client, body().put("documentId", "sha256:" + HASH)));
        assertDone(post(client, body().put("query", TEXT)));
        assertDone(get(client, parameter("extensions", extensions(HASH).toString())));
        for (ObjectNode other : new ObjectNode[] {
            body().put("query", "{ health { status } }"),
            body().put("query", "{ __schema { types { name } } }"),
            body().put("documentId", "sha256:" + DocumentHash.of("{ health { status } }"))
        }) {
            HttpResponse<String> refused = post(client, other);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(code(refused)).isEqualTo("query_not_trusted");
        }
    }

    @Test
    void a_list_that_cannot_be_used_keeps_the_server_from_starting(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("trusted.json"),
                body().put(HASH, "{ nothing }").toString());
        assertThatThrownBy(() -> restart(config -> config.withTrustedDocuments(file)))
                .isInstanceOf(UnusableDocuments.class)
                .hasMessageContaining("entry 1");
    }
}
