package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.security.AdminKeys;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;

/** Somebody who asks by GraphQL: a stranger, a session or an administrator. */
final class GraphClient {
    static final String KEY = "adm_0123456789abcdef";

    private final TestGateway gateway;
    private final Optional<String> bearer;

    private GraphClient(TestGateway gateway, Optional<String> bearer) {
        this.gateway = gateway;
        this.bearer = bearer;
    }

    static HttpConfig withKey(HttpConfig config) {
        return config.withAdminKeys(new AdminKeys(Map.of("ops", AdminKeys.hashOf(KEY))));
    }

    static GraphClient stranger(TestGateway gateway) {
        return new GraphClient(gateway, Optional.empty());
    }

    static GraphClient session(TestGateway gateway) throws Exception {
        return new GraphClient(gateway, Optional.of(gateway.newCaller().token()));
    }

    static GraphClient admin(TestGateway gateway) {
        return new GraphClient(gateway, Optional.of(KEY));
    }

    GraphClient with(String token) {
        return new GraphClient(gateway, Optional.of(token));
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = gateway.request(path);
        bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    HttpRequest.Builder post(String query, Map<String, ?> variables) {
        ObjectNode body = TestGateway.JSON.createObjectNode().put("query", query);
        body.set("variables", TestGateway.JSON.valueToTree(variables));
        return post(body.toString());
    }

    HttpRequest.Builder post(String body) {
        return request("/graphql")
                .header("Content-Type", "application/json")
                .header("Accept", "application/graphql-response+json")
                .POST(BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return gateway.send(request);
    }

    /** The media type of an answer, without the spaces that servers write as they like. */
    static String typeOf(HttpResponse<?> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").replace(" ", "");
    }

    /** The whole answer. */
    JsonNode ask(String query, Map<String, ?> variables) throws Exception {
        return TestGateway.json(send(post(query, variables)));
    }

    JsonNode ask(String query) throws Exception {
        return ask(query, Map.of());
    }

    /** The data of an answer without errors. */
    JsonNode data(String query, Map<String, ?> variables) throws Exception {
        JsonNode answer = ask(query, variables);
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        return answer.get("data");
    }

    JsonNode data(String query) throws Exception {
        return data(query, Map.of());
    }

    /** The code of the first error. */
    String code(String query) throws Exception {
        return ask(query).at("/errors/0/extensions/code").asText();
    }
}
