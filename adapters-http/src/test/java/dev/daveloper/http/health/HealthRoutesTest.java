package dev.daveloper.http.health;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.domain.health.ErrorClass;
import dev.daveloper.domain.health.Status;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.security.AdminKeys;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthRoutesTest {
    private static final String KEY = "adm_0123456789abcdefghij";

    private record Probe(String component, boolean vital, Finding finding) implements HealthProbe {
        @Override
        public Finding check() {
            return finding;
        }
    }

    private static final HealthProbe STORE = new Probe("store", true, HealthProbe.Finding.PASS);
    private static final HealthProbe AGENT =
            new Probe("agent", false, HealthProbe.Finding.failing(ErrorClass.TIMEOUT, "does not answer"));
    private static final HealthProbe REDIS = new Probe(
            "redis",
            true,
            HealthProbe.Finding.PASS.with(List.of(new HealthProbe.Part(
                    "node-1",
                    "redis-1.internal:6379",
                    HealthProbe.Finding.failing(ErrorClass.REFUSED, "refuses"),
                    Duration.ofMillis(3)))));

    private static TestGateway gateway(HealthProbe... probes) {
        return TestGateway.withProbes(
                List.of(probes),
                ScriptedAgent.saying("hello"),
                config -> config.withAdminKeys(new AdminKeys(Map.of("ann", AdminKeys.hashOf(KEY)))));
    }

    private static HttpResponse<String> asAdministrator(TestGateway gateway, String path) throws Exception {
        return gateway.send(gateway.request(path).header("Authorization", "Bearer " + KEY));
    }

    @Test
    void everybody_is_told_whether_each_component_works_and_nothing_else() throws Exception {
        try (TestGateway gateway = gateway(STORE, AGENT)) {
            HttpResponse<String> response = gateway.get("/v1/health");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/health+json");
            assertThat(response.headers().firstValue("Cache-Control")).hasValue("public, max-age=1");
            assertThat(response.headers().allValues("Vary")).contains("Authorization");
            assertThat(json(response).get("status").textValue()).isEqualTo("warn");
            assertThat(json(response).at("/checks/store/0/status").textValue()).isEqualTo("pass");
            assertThat(json(response).at("/checks/agent/0").propertyStream().map(Map.Entry::getKey))
                    .containsExactly("status", "time", "since");

            assertThat(gateway.get("/health/agent").statusCode()).isEqualTo(503);
            assertThat(gateway.get("/health/agent").headers().firstValue("Cache-Control"))
                    .hasValue("no-store");
            assertThat(gateway.get("/health/store").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/health/nonsense").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void administrators_are_told_why_since_when_and_how_long_it_took() throws Exception {
        try (TestGateway gateway = gateway(STORE, AGENT, REDIS)) {
            HttpResponse<String> response = asAdministrator(gateway, "/health");
            assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
            JsonNode agent = json(response).at("/checks/agent/0");
            assertThat(agent.get("output").textValue()).isEqualTo("does not answer");
            assertThat(agent.get("observedValue").doubleValue()).isNotNegative();
            assertThat(agent.get("observedUnit").textValue()).isEqualTo("ms");
            assertThat(agent.get("vital").booleanValue()).isFalse();
            assertThat(agent.at("/lastError/errorClass").textValue()).isEqualTo("timeout");
            assertThat(agent.at("/affectedEndpoints/0").textValue()).isEqualTo("/agent/chat");
            assertThat(json(response).at("/checks/store/0").has("lastError")).isFalse();

            assertThat(json(asAdministrator(gateway, "/health/redis:node-1"))
                            .get("componentId")
                            .textValue())
                    .isEqualTo("redis-1.internal:6379");
            HttpResponse<String> ofEverybody = gateway.get("/health/redis:node-1");
            assertThat(ofEverybody.statusCode()).isEqualTo(503);
            assertThat(ofEverybody.body()).doesNotContain("internal").doesNotContain("refuses");
        }
    }

    @Test
    void a_key_that_opens_nothing_does_not_make_a_node_unwell() throws Exception {
        try (TestGateway gateway = gateway(STORE)) {
            HttpResponse<String> response =
                    gateway.send(gateway.request("/health").header("Authorization", "Bearer adm_wrong"));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(json(response).at("/checks/store/0").has("vital")).isFalse();
        }
    }

    @Test
    void a_vital_component_that_fails_fails_the_whole() throws Exception {
        HealthProbe broken = new Probe("store", true, new HealthProbe.Finding(Status.FAIL, "does not answer"));
        try (TestGateway gateway = gateway(broken)) {
            assertThat(gateway.get("/health").statusCode()).isEqualTo(503);
            assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
            HttpResponse<String> ready = gateway.get("/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(json(ready).get("mode").textValue()).isEqualTo("starting");
        }
    }

    @Test
    void a_node_without_its_agent_takes_work_and_says_what_does_not_go() throws Exception {
        try (TestGateway gateway = gateway(STORE, AGENT, REDIS)) {
            HttpResponse<String> ready = gateway.get("/health/ready");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(json(ready).get("status").textValue()).isEqualTo("warn");
            assertThat(json(ready).get("mode").textValue()).isEqualTo("degraded");
            assertThat(json(ready).at("/notes/0").textValue()).startsWith("agent: New messages are refused;");
            assertThat(json(ready).at("/notes/1").textValue()).startsWith("redis:node-1: This server does not answer");
        }
        try (TestGateway gateway = gateway(STORE)) {
            assertThat(gateway.get("/health/ready").body()).isEqualTo("{\"status\":\"pass\",\"mode\":\"normal\"}");
        }
    }

    @Test
    void a_node_that_drains_is_alive_and_not_ready() throws Exception {
        try (TestGateway gateway = gateway()) {
            gateway.core().close();
            assertThat(gateway.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(json(gateway.get("/health/ready")).get("status").textValue())
                    .isEqualTo("fail");
            assertThat(json(gateway.get("/health/ready")).get("mode").textValue())
                    .isEqualTo("draining");
            assertThat(gateway.send(gateway.request("/health/ready").method("HEAD", BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(503);
            assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void many_who_ask_are_answered_while_every_component_hangs() throws Exception {
        CountDownLatch letGo = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(2);
        record Freezing(
                String component, boolean vital, CountDownLatch first, CountDownLatch hanging, CountDownLatch letGo)
                implements HealthProbe {
            @Override
            public Finding check() throws InterruptedException {
                if (first.getCount() > 0) {
                    first.countDown();
                    return Finding.PASS;
                }
                hanging.countDown();
                letGo.await();
                return Finding.PASS;
            }
        }
        try (TestGateway gateway = gateway(
                new Freezing("redis", true, new CountDownLatch(1), hanging, letGo),
                new Freezing("agent", false, new CountDownLatch(1), hanging, letGo))) {
            while (hanging.getCount() > 0) {
                assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
                gateway.get("/health");
            }
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 20)
                    .mapToObj(i -> gateway.client()
                            .sendAsync(
                                    gateway.request(i % 2 == 0 ? "/health" : "/health/ready")
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString()))
                    .toList();
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isIn(200, 503);
            }
            assertThat(letGo.getCount()).as("they hang still").isEqualTo(1);
        } finally {
            letGo.countDown();
        }
    }
}
