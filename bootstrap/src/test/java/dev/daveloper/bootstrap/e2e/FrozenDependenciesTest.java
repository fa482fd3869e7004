package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.redis.testkit.RedisProcess;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway all of whose dependencies hang: it says so, to as many as ask, and heals. */
@Timeout(300)
class FrozenDependenciesTest {
    private static final String KEY = "an administrators key";
    private static final int ASKERS = 20;

    @TempDir
    private Path directory;

    private static HttpRequest about(URI address) {
        return HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + KEY)
                .build();
    }

    private static HttpResponse<String> get(URI address) throws Exception {
        return Visitor.HTTP.send(about(address), BodyHandlers.ofString());
    }

    private static JsonNode health(RunningProgram gateway) throws Exception {
        return Visitor.JSON.readTree(get(gateway.base().resolve("/health")).body());
    }

    private static String errorOf(JsonNode health, String component) {
        JsonNode check = health.path("checks").path(component).path(0);
        return check.path("status").asText().equals("fail")
                ? check.at("/lastError/errorClass").asText()
                : "";
    }

    /** All are asked before the first answer is looked at. */
    private static List<Integer> askedAtOnce(RunningProgram gateway) {
        URI management = Scrape.management(gateway);
        List<URI> addresses = List.of(
                gateway.base().resolve("/health"),
                gateway.base().resolve("/health/ready"),
                gateway.base().resolve("/health/redis"),
                management.resolve("/health"));
        return IntStream.range(0, ASKERS)
                .mapToObj(i ->
                        Visitor.HTTP.sendAsync(about(addresses.get(i % addresses.size())), BodyHandlers.ofString()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .map(HttpResponse::statusCode)
                .toList();
    }

    private Path folder(String name) throws Exception {
        return Files.createDirectories(directory.resolve(name));
    }

    private static void everybodyIsToldOfAll(RunningProgram gateway) throws Exception {
        assertThat(askedAtOnce(gateway)).hasSize(ASKERS).isSubsetOf(200, 503);
        await().atMost(RunningProgram.PATIENCE).untilAsserted(() -> {
            JsonNode now = health(gateway);
            assertThat(List.of("redis", "redis:node-1", "agent", "documents"))
                    .allSatisfy(component -> assertThat(errorOf(now, component)).isNotEmpty());
            // Whoever hangs long enough is disconnected.
            assertThat(errorOf(now, "agent")).isIn("timeout", "unavailable");
        });
        assertThat(askedAtOnce(gateway)).containsOnly(503);
        assertThat(get(gateway.base().resolve("/health/ready")).body())
                .contains("\"mode\":\"failing\"", "agent: New messages are refused;", "documents: ");
        assertThat(get(gateway.base().resolve("/health/live")).statusCode()).isEqualTo(200);
        Scrape scrape = Scrape.of(gateway);
        assertThat(scrape.value("daveloper_ready", Map.of())).contains(0.0);
        assertThat(scrape.value("daveloper_component_status", Map.of("component", "agent")))
                .contains(2.0);
    }

    @Test
    void everybody_who_asks_is_answered_while_agent_documents_and_redis_hang() throws Exception {
        try (RedisProcess redis = RedisProcess.start();
                RunningProgram agent = RunningProgram.start(folder("agent"), "agent", "--port=0");
                RunningProgram documents = RunningProgram.start(folder("documents"), "documents", "--port=0");
                RunningProgram gateway = RunningProgram.gateway(
                        folder("gateway"),
                        "--redis.url=" + redis.url(),
                        "--data.dir=",
                        "--agent.target=dns:///" + agent.awaitListening(),
                        "--documents.target=dns:///" + documents.awaitListening(),
                        "--admin.keys=" + KEY)) {
            await().atMost(RunningProgram.PATIENCE)
                    .until(() -> health(gateway).path("status").asText().equals("pass"));
            assertThat(health(gateway).path("checks").propertyStream().map(Map.Entry::getKey))
                    .containsExactly("redis", "redis:node-1", "agent", "documents", "webhooks");
            assertThat(get(gateway.base().resolve("/health/ready")).body())
                    .isEqualTo("{\"status\":\"pass\",\"mode\":\"normal\"}");

            agent.freeze();
            documents.freeze();
            redis.freeze();
            try {
                everybodyIsToldOfAll(gateway);
            } finally {
                agent.thaw();
                documents.thaw();
                redis.thaw();
            }
            await().atMost(RunningProgram.PATIENCE)
                    .until(() -> health(gateway).path("status").asText().equals("pass"));
        }
    }

    @Test
    void an_agent_that_is_away_leaves_a_node_that_takes_work_and_says_what_does_not_go() throws Exception {
        try (RunningProgram agent = RunningProgram.start(folder("agent"), "agent", "--port=0");
                RunningProgram gateway = RunningProgram.gateway(
                        folder("gateway"),
                        "--agent.target=dns:///" + agent.awaitListening(),
                        "--health.disk-warn-percent=0",
                        "--admin.keys=" + KEY)) {
            await().atMost(RunningProgram.PATIENCE)
                    .until(() -> health(gateway).path("status").asText().equals("pass"));
            assertThat(health(gateway).path("checks").propertyStream().map(Map.Entry::getKey))
                    .containsExactly(
                            "sqlite", "agent", "documents", "index", "disk:data", "disk:documents", "webhooks");

            agent.kill();
            await().atMost(RunningProgram.PATIENCE)
                    .until(() -> errorOf(health(gateway), "agent").equals("refused"));
            HttpResponse<String> ready = get(gateway.base().resolve("/health/ready"));
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.body()).contains("\"mode\":\"degraded\"", "agent: New messages are refused;");
        }
    }
}
