package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway in front of an agent service that comes, goes and falls silent. */
class AgentServiceTest {
    private static final String QUESTION = "How do I connect my own agent?";

    @TempDir
    private Path directory;

    @Test
    void the_built_in_agent_can_be_a_service_of_its_own() throws Exception {
        try (RunningProgram agent = RunningProgram.start(directory, "agent", "--port", "0", "--agent.pace=1ms");
                RunningProgram gateway =
                        RunningProgram.gateway(directory, "--agent.target=dns:///" + agent.awaitListening())) {
            Visitor visitor = Visitor.at(gateway.base());
            EventStream stream = visitor.watch(QUESTION).awaitEnd();

            assertThat(stream.last().outcome()).isEqualTo("completed");
            assertThat(stream.text()).isEqualTo(stream.last().storedText()).contains("[1]");
            assertThat(stream.events()).anyMatch(event -> event.is("citation.added"));
            assertThat(visitor.get("/agent/tools").toString()).contains("calculator");
            agent.terminate();
            assertThat(agent.awaitExit()).isZero();
        }
    }

    @Test
    void an_agent_that_dies_in_mid_answer_leaves_what_it_said() throws Exception {
        try (RunningProgram agent = RunningProgram.start(directory, "agent", "--port", "0", "--agent.pace=300ms");
                RunningProgram gateway =
                        RunningProgram.gateway(directory, "--agent.target=dns:///" + agent.awaitListening())) {
            Visitor visitor = Visitor.at(gateway.base());
            EventStream stream = visitor.watch(QUESTION).awaitText(10);

            agent.kill();

            Event ending = stream.awaitEnd().last();
            assertThat(ending.outcome()).isEqualTo("failed");
            assertThat(ending.json().path("error").path("code").asText()).isEqualTo("agent_failed");
            assertThat(ending.storedText()).isEqualTo(stream.text()).isNotBlank();
            assertThat(visitor.history().getLast().path("text").asText()).isEqualTo(ending.storedText());
            assertThat(gateway.log()).doesNotContain("\tat ");
        }
    }

    @Test
    void an_agent_that_is_not_there_at_the_start_is_found_when_it_comes() throws Exception {
        int port = freePort();
        try (RunningProgram gateway = RunningProgram.gateway(directory, ServedAgent.target(port))) {
            Visitor visitor = Visitor.at(gateway.base());
            await().atMost(RunningProgram.PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    visitor.get("/health").path("status").asText())
                            .isEqualTo("warn"));
            HttpResponse<String> refused = visitor.ask(QUESTION);
            JsonNode problem = Visitor.JSON.readTree(refused.body());
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(problem.path("code").asText()).isEqualTo("agent_unavailable");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).doesNotContain("127.0.0.1").doesNotContain(String.valueOf(port));

            try (ServedAgent agent = ServedAgent.of(ScriptedAgent.saying("here ", "I am"), port)) {
                assertThat(agent.target()).endsWith(String.valueOf(port));
                await().atMost(Duration.ofSeconds(3))
                        .pollInterval(Duration.ofMillis(100))
                        .until(() -> visitor.ask("Are you there?").statusCode() == 200);
            }
            assertThat(gateway.log()).doesNotContain("\tat ");
        }
    }

    @Test
    void an_agent_that_says_nothing_is_given_up_while_the_viewer_hears_heartbeats() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (ServedAgent agent = ServedAgent.counting(0, gate);
                RunningProgram gateway = RunningProgram.gateway(
                        directory, agent.target(), "--chat.agent-silence=1500ms", "--http.sse-heartbeat=200ms")) {
            Visitor visitor = Visitor.at(gateway.base());
            EventStream stream = visitor.watch(QUESTION).awaitEnd();

            assertThat(stream.heartbeats()).isGreaterThan(3);
            assertThat(stream.last().outcome()).isEqualTo("failed");
            assertThat(stream.last().json().path("error").path("code").asText()).isEqualTo("agent_timeout");
            assertThat(visitor.ask(QUESTION).statusCode()).isEqualTo(504);
            assertThat(gateway.log()).doesNotContain("\tat ");
        } finally {
            gate.countDown();
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
