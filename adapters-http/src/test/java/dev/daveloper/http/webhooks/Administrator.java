package dev.daveloper.http.webhooks;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.webhooks.WebhookSettings;
import dev.daveloper.domain.webhooks.EndpointUrl;
import dev.daveloper.domain.webhooks.Reachable;
import dev.daveloper.domain.webhooks.RetrySchedule;
import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.security.AdminKeys;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;

/** Somebody with an admin key who looks after webhooks. */
final class Administrator {
    static final String KEY = "adm_0123456789abcdef";
    static final String URL = "https://example.com/hooks";

    private final TestGateway gateway;

    Administrator(TestGateway gateway) {
        this.gateway = gateway;
    }

    /** Bounds with few attempts at a delivery and few webhooks. */
    static CoreSettings few(int attempts, int webhooks) {
        return CoreSettings.DEFAULT.with(new WebhookSettings(
                EndpointUrl.Rules.STRICT,
                Reachable.PUBLIC,
                new RetrySchedule(Collections.nCopies(attempts - 1, Duration.ZERO)),
                Duration.ofSeconds(15),
                1,
                webhooks,
                10,
                Duration.ofDays(1)));
    }

    static HttpConfig withKey(HttpConfig config) {
        return config.withAdminKeys(new AdminKeys(Map.of("ops", AdminKeys.hashOf(KEY))));
    }

    HttpRequest.Builder request(String path) {
        return gateway.request(path).header("Authorization", "Bearer " + KEY);
    }

    HttpRequest.Builder request(String method, String path, String body) {
        return request(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
    }

    HttpResponse<String> get(String path) throws Exception {
        return gateway.send(request(path));
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return gateway.send(request("POST", path, body));
    }

    HttpResponse<String> post(String path) throws Exception {
        return gateway.send(request(path).POST(BodyPublishers.noBody()));
    }

    HttpResponse<String> patch(String path, String body) throws Exception {
        return gateway.send(request("PATCH", path, body));
    }

    HttpResponse<String> delete(String path) throws Exception {
        return gateway.send(request(path).DELETE());
    }

    /** A new one, with these members beside its URL, such as {@code ,"enabled":false}. */
    JsonNode added(String more) throws Exception {
        HttpResponse<String> created = post("/webhooks", "{\"url\":\"" + URL + "\"" + more + "}");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return json(created);
    }

    /** The path of a new one. */
    String path() throws Exception {
        return "/webhooks/" + added("").get("id").textValue();
    }

    static String code(HttpResponse<String> refused) throws Exception {
        return refused.statusCode() + " " + json(refused).path("code").asText();
    }
}
