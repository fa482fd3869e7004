package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.Racing;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.redis.testkit.RedisProcess;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways over one Redis keep together, and what one forgets the other does not give out. */
class SharedCacheTest {
    /** Many times what it takes; a slow machine is not to be taken for a Redis that is away. */
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    private static Path directory;

    private static ServedAgent served;
    private static ManyNodes nodes;

    @BeforeAll
    static void start() throws Exception {
        served = ServedAgent.of(ScriptedAgent.saying("hello"), 0);
        nodes = ManyNodes.start(
                directory,
                2,
                RedisProcess.durable(),
                served.target(),
                "--cache.tools=10m error 1h",
                "--cache.timeout=900ms");
    }

    @AfterAll
    static void stop() {
        nodes.close();
        served.close();
    }

    @BeforeEach
    void empty() throws Exception {
        forget(0);
    }

    private static String tools(int node) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(nodes.base(node).resolve("/agent/tools"))
                .timeout(Duration.ofSeconds(20))
                .build();
        HttpResponse<String> response = Visitor.HTTP.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.headers().firstValue("Cache-Status").orElse("");
    }

    private static void forget(int node) throws Exception {
        HttpResponse<String> forgotten = Visitor.at(nodes.base(node))
                .send("DELETE", "/cache", "", Map.of("Authorization", "Bearer " + ManyNodes.ADMIN_KEY));
        assertThat(forgotten.body()).contains("\"everywhere\":true");
    }

    @Test
    void what_one_has_made_the_other_gives_and_what_one_forgets_the_other_has_no_more() throws Exception {
        assertThat(tools(0)).contains("fwd=uri-miss; stored");
        await().atMost(SOON).until(() -> tools(1).contains("hit"));
        forget(0);
        await().pollInterval(Duration.ofMillis(5)).atMost(SOON).until(() -> tools(1).contains("fwd=uri-miss"));
        assertThat(tools(0)).contains("hit");
    }

    @Test
    void a_hundred_who_miss_at_once_have_it_made_once() throws Exception {
        await().atMost(SOON).until(() -> tools(1).contains("fwd=uri-miss"));
        forget(1);
        List<String> statuses = Racing.race(100, racer -> {
            try {
                return tools(racer % 2);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        assertThat(statuses).filteredOn(status -> status.contains("stored")).hasSize(1);
        assertThat(statuses).allMatch(status -> status.matches("daveloper; (hit.*|fwd=uri-miss; (stored|collapsed))"));
    }

    @Test
    void a_session_that_ended_on_one_is_refused_by_the_other_though_it_knew_it() throws Exception {
        Visitor here = Visitor.at(nodes.base(0));
        Visitor there = here.movedTo(nodes.base(1));
        for (int i = 0; i < 3; i++) {
            assertThat(there.get("/sessions/current").path("sessionId").asText())
                    .isEqualTo(here.sessionId());
        }
        assertThat(here.send("DELETE", "/sessions/current", "", Map.of()).statusCode())
                .isEqualTo(204);
        await().atMost(SOON)
                .until(() -> there.get("/sessions/current").path("status").asInt() == 401);
    }

    @Test
    void a_graphql_document_that_one_was_sent_the_other_knows_by_its_name() throws Exception {
        String text = "{ health { status } }";
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        String name = "\"extensions\":{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\""
                + HexFormat.of().formatHex(digest) + "\"}}";
        assertThat(graph(1, "{" + name + "}")).contains("PersistedQueryNotFound");
        assertThat(graph(0, "{\"query\":\"" + text + "\"," + name + "}")).contains("\"status\"");
        await().atMost(SOON).until(() -> graph(1, "{" + name + "}").contains("\"status\""));
    }

    private static String graph(int node, String body) throws Exception {
        return Visitor.at(nodes.base(node))
                .send("POST", "/graphql", body, Map.of("Content-Type", "application/json"))
                .body();
    }

    @Test
    void while_redis_says_nothing_answers_are_made_without_it() throws Exception {
        assertThat(tools(0)).contains("stored");
        nodes.redis().freeze();
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> tools(0).contains("fwd=bypass"));
            long before = System.nanoTime();
            tools(1);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        } finally {
            nodes.redis().thaw();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> tools(0).contains("hit") && tools(1).contains("hit"));
    }
}
