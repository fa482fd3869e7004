package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many viewers, and one that does not read, in a process with little memory. */
class ManyViewersTest {
    private static final int VIEWERS = 200;
    private static final int DELTAS = 200;
    private static final List<String> LITTLE_MEMORY = List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError");

    @TempDir
    private Path directory;

    @Test
    void two_hundred_streams_at_once_are_each_complete_and_exact() throws Exception {
        try (ServedAgent agent = ServedAgent.counting(DELTAS);
                RunningProgram gateway = RunningProgram.start(
                        directory,
                        LITTLE_MEMORY,
                        "--http.port=0",
                        "--log.format=text",
                        "--rate-limits.defaults=false",
                        agent.target());
                HttpClient http = HttpClient.newHttpClient()) {
            List<ChatSocket> sockets = new ArrayList<>();
            for (int viewer = 0; viewer < VIEWERS; viewer++) {
                sockets.add(ChatSocket.open(Visitor.at(gateway.base()), http));
            }
            sockets.forEach(socket -> socket.ask("Count, please."));

            for (ChatSocket socket : sockets) {
                Event ending = socket.awaitType("run.finished");
                assertThat(ending.outcome()).isEqualTo("completed");
                assertThat(socket.text()).isEqualTo(ServedAgent.count(DELTAS)).isEqualTo(ending.storedText());
                assertThat(socket.events())
                        .filteredOn(event -> event.is("run.finished"))
                        .hasSize(1);
                assertThat(socket.events().getLast()).isEqualTo(ending);
            }
            assertThat(gateway.log()).doesNotContain("\tat ");
            sockets.forEach(ChatSocket::close);
        }
    }

    @Test
    void a_viewer_that_does_not_read_is_cut_off_and_nobody_else_notices() throws Exception {
        Script script = saying12MiB();
        try (ServedAgent agent = ServedAgent.of(ScriptedAgent.following(request -> script), 0);
                RunningProgram gateway = RunningProgram.start(
                        directory,
                        LITTLE_MEMORY,
                        "--http.port=0",
                        "--log.format=text",
                        "--rate-limits.defaults=false",
                        "--chat.answer-chars=20000000",
                        "--http.write-timeout=1s",
                        "--http.max-sockets-per-session=1",
                        agent.target())) {
            Visitor visitor = Visitor.at(gateway.base());
            ChatSocket stuck = ChatSocket.open(visitor);
            stuck.stopReading();
            stuck.ask("Say a lot.");
            String run = await().atMost(RunningProgram.PATIENCE)
                    .until(
                            () -> visitor.get("/sessions/current")
                                    .path("activeRunId")
                                    .asText(""),
                            id -> !id.isEmpty() && !id.equals("null"));

            try (EventStream other = visitor.resume(run, "0-0").awaitEnd()) {
                assertThat(other.last().outcome()).isEqualTo("completed");
                assertThat(other.text())
                        .hasSize(12 << 20)
                        .isEqualTo(other.last().storedText());
            }
            assertThat(stuck.events()).noneMatch(event -> event.is("run.finished"));
            // Its place is free when the gateway has cut it.
            await().atMost(RunningProgram.PATIENCE).until(() -> ChatSocket.hasPlace(visitor));
            stuck.readOn();
            assertThat(stuck.awaitClose()).isIn(1013, 1006);
            assertThat(stuck.events()).noneMatch(event -> event.is("run.finished"));
            assertThat(visitor.ask("Still there?").statusCode()).isEqualTo(200);
            assertThat(gateway.log()).doesNotContain("\tat ");
        }
    }

    private static Script saying12MiB() {
        String page = "x".repeat(16 << 10);
        Script script = Script.say();
        for (int delta = 0; delta < 12 << 6; delta++) {
            script = script.thenSay(page);
        }
        return script;
    }
}
