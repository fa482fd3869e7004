package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.Racing;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.redis.testkit.RedisProcess;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three gateways over one Redis are one gateway to whoever comes, whichever of them he comes to. */
class ManyNodesTest {
    private static final int DELTAS = 300;
    private static final Duration PACE = Duration.ofMillis(10);
    private static final String COUNT = ServedAgent.count(DELTAS);

    /** Long enough to do something in the midst of it. */
    private static final ScriptedAgent AGENT =
            ScriptedAgent.following(request -> slowly(request.message().equals("Go on.") ? DELTAS : 10 * DELTAS));

    @TempDir
    private static Path directory;

    private static ServedAgent served;
    private static ManyNodes nodes;

    @BeforeAll
    static void start() throws Exception {
        served = ServedAgent.of(AGENT, 0);
        nodes = ManyNodes.start(directory, 3, RedisProcess.durable(), served.target());
    }

    @AfterAll
    static void stop() {
        nodes.close();
        served.close();
    }

    @Test
    void an_answer_begun_on_one_node_is_watched_on_another_resumed_on_a_third_and_stopped_from_anywhere()
            throws Exception {
        Visitor a = Visitor.at(nodes.base(0));
        Visitor b = a.movedTo(nodes.base(1));
        Visitor c = a.movedTo(nodes.base(2));
        String run = runOf(a.start("Count, please.", "k1"));
        try (EventStream onA = a.resume(run, "0-0");
                EventStream onB = b.resume(run, "0-0").awaitText(40)) {
            String seen = onB.text();
            try (EventStream onC = c.resume(run, onB.last().cursor()).awaitText(20)) {
                assertThat(ServedAgent.count(10 * DELTAS)).startsWith(seen + onC.text());
                b.send("POST", "/agent/runs/" + run + "/cancel", "", Map.of());
                List.of(onA, onB, onC).forEach(stream -> stream.awaitType("run.finished"));

                assertThat(onA.last().outcome()).isEqualTo("cancelled");
                assertThat(onB.last().storedText()).isEqualTo(onA.last().storedText());
                assertThat(onC.last().storedText()).isEqualTo(onA.last().storedText());
                assertThat(onB.text())
                        .isEqualTo(onA.text())
                        .isEqualTo(onA.last().storedText());
            }
        }
        await().untilAsserted(() -> assertThat(AGENT.streams())
                .filteredOn(stream -> stream.request().message().equals("Count, please."))
                .isNotEmpty()
                .allMatch(ScriptedAgent.ScriptedStream::isClosed));
        assertThat(c.history())
                .extracting(message -> message.path("role").asText())
                .containsExactly("user", "assistant");
    }

    @Test
    void the_same_message_sent_to_all_nodes_at_once_asks_the_agent_once() throws Exception {
        Visitor visitor = Visitor.at(nodes.base(0));
        Set<String> runs = new HashSet<>(Racing.race(9, i -> {
            try {
                return runOf(visitor.movedTo(nodes.base(i % 3)).start("Once, please.", "the-same"));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }));

        assertThat(runs).hasSize(1);
        await().until(() -> asked("Once, please.") > 0);
        assertThat(asked("Once, please.")).isEqualTo(1);
        visitor.send("POST", "/agent/runs/" + runs.iterator().next() + "/cancel", "", Map.of());
    }

    @Test
    void a_session_makes_one_answer_at_a_time_wherever_it_asks_and_may_interrupt_it_from_there() throws Exception {
        Visitor a = Visitor.at(nodes.base(0));
        Visitor b = a.movedTo(nodes.base(1));
        String first = runOf(a.start("First.", "k1"));
        try (EventStream onA = a.resume(first, "0-0").awaitText(10)) {
            HttpResponse<String> refused = b.start("Second.", "k2");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("run_in_progress");

            String body = "{\"message\":\"Third.\",\"onBusy\":\"interrupt\"}";
            HttpResponse<String> third = b.send(
                    "POST", "/agent/chat", body, Map.of("Content-Type", "application/json", "Prefer", "respond-async"));
            assertThat(third.statusCode()).isEqualTo(202);
            assertThat(onA.awaitType("run.finished").outcome()).isEqualTo("cancelled");
            b.send("POST", "/agent/runs/" + runOf(third) + "/cancel", "", Map.of());
        }
        assertThat(asked("Second.")).isZero();
    }

    @Test
    void a_session_revoked_on_one_node_has_its_sockets_closed_on_another() throws Exception {
        Visitor a = Visitor.at(nodes.base(0));
        ChatSocket onB = ChatSocket.open(a.movedTo(nodes.base(1)));

        Visitor admin = a.movedTo(nodes.base(2));
        HttpResponse<String> revoked = admin.send(
                "DELETE", "/sessions/" + a.sessionId(), "", Map.of("Authorization", "Bearer " + ManyNodes.ADMIN_KEY));

        assertThat(revoked.statusCode()).isEqualTo(204);
        assertThat(onB.awaitClose()).isEqualTo(1008);
        assertThat(a.movedTo(nodes.base(1)).start("Still?", "k").statusCode()).isEqualTo(401);
    }

    @Test
    void nobody_reads_another_sessions_run_on_any_node() throws Exception {
        Visitor owner = Visitor.at(nodes.base(0));
        String run = runOf(owner.start("Mine.", "k1"));
        for (int i = 0; i < 3; i++) {
            Visitor stranger = Visitor.at(nodes.base(i));
            awaitNotFound(() -> stranger.send("GET", "/agent/runs/" + run, "", Map.of()));
            awaitNotFound(() -> stranger.send("POST", "/agent/runs/" + run + "/cancel", "", Map.of()));
        }
        owner.send("POST", "/agent/runs/" + run + "/cancel", "", Map.of());
    }

    @Test
    void a_run_that_is_watched_from_another_node_alone_goes_on() throws Exception {
        Visitor a = Visitor.at(nodes.base(0));
        String run = runOf(a.start("Go on.", "k1"));
        try (EventStream onB = a.movedTo(nodes.base(1)).resume(run, "0-0").awaitEnd()) {
            assertThat(onB.last().outcome()).isEqualTo("completed");
            assertThat(onB.text()).isEqualTo(COUNT).isEqualTo(onB.last().storedText());
        }
        JsonNode last = a.movedTo(nodes.base(2)).history().getLast();
        assertThat(last.path("text").asText()).isEqualTo(COUNT);
    }

    /** A node that was refused by Redis a moment ago does not know yet what is not there, and says so. */
    private static void awaitNotFound(Callable<HttpResponse<String>> call) {
        await().atMost(Duration.ofSeconds(30)).until(() -> call.call().statusCode(), status -> {
            assertThat(status).isIn(404, 503);
            return status == 404;
        });
    }

    private static long asked(String message) {
        return AGENT.requests().stream()
                .filter(request -> request.message().equals(message))
                .count();
    }

    static String runOf(HttpResponse<String> accepted) throws Exception {
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return Visitor.JSON.readTree(accepted.body()).path("runId").asText();
    }

    private static Script slowly(int deltas) {
        Script script = Script.say();
        for (int i = 0; i < deltas; i++) {
            script = script.thenSay(i + " ").thenPause(PACE);
        }
        return script;
    }
}
