package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that was said is lost, however the program ends. */
class CrashTest {
    private static final int DELTAS = 200;

    @TempDir
    private Path directory;

    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void open() {
        gate.countDown();
    }

    @Test
    void killed_in_mid_answer_it_keeps_the_message_and_all_that_was_logged() throws Exception {
        try (ServedAgent agent = ServedAgent.counting(DELTAS, gate)) {
            Visitor visitor;
            EventStream seen;
            try (RunningProgram first = RunningProgram.gateway(directory, agent.target())) {
                visitor = Visitor.at(first.base());
                seen = visitor.watch("Count, please.")
                        .awaitText(ServedAgent.count(DELTAS).length());
                awaitLogged(seen.last().cursor());
                first.kill();
            }
            seen.awaitEnd();
            assertThat(seen.events()).noneMatch(event -> event.is("run.finished"));

            try (RunningProgram second = RunningProgram.gateway(directory, agent.target())) {
                Visitor again = visitor.movedTo(second.base());
                try (EventStream rest =
                        again.resume(seen.last().runId(), seen.last().cursor()).awaitEnd()) {
                    assertThat(rest.events())
                            .filteredOn(event -> event.is("run.finished"))
                            .hasSize(1);
                    assertThat(rest.last().outcome()).isEqualTo("interrupted");
                    assertThat(rest.last().storedText()).isEqualTo(seen.text());
                }
                List<JsonNode> history = again.history();
                assertThat(history)
                        .extracting(message -> message.path("role").asText())
                        .containsExactly("user", "assistant");
                assertThat(history.get(0).path("text").asText()).isEqualTo("Count, please.");
                assertThat(history.get(1).path("outcome").asText()).isEqualTo("interrupted");
                assertThat(history.get(1).path("text").asText()).isEqualTo(ServedAgent.count(DELTAS));

                gate.countDown();
                assertThat(again.ask("And on?").statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void told_to_stop_it_lets_the_answer_finish_and_says_that_it_takes_no_more() throws Exception {
        try (ServedAgent agent = ServedAgent.counting(DELTAS, gate);
                RunningProgram program = RunningProgram.gateway(directory, agent.target())) {
            Visitor visitor = Visitor.at(program.base());
            ChatSocket idle = ChatSocket.open(Visitor.at(program.base()));
            EventStream stream = visitor.watch("Count, please.").awaitText(10);

            program.terminate();
            await().atMost(RunningProgram.PATIENCE)
                    .untilAsserted(() -> assertThat(visitor.send("GET", "/health/ready", "", Map.of())
                                    .statusCode())
                            .isEqualTo(503));
            HttpResponse<String> refused = Visitor.at(program.base()).ask("Me too?");
            gate.countDown();

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(stream.awaitEnd().last().outcome()).isEqualTo("completed");
            assertThat(stream.text()).isEqualTo(ServedAgent.count(DELTAS) + "goodbye");
            assertThat(idle.awaitClose()).isEqualTo(1001);
            assertThat(program.awaitExit()).isZero();
            assertThat(program.log()).doesNotContain("\tat ");
        }
    }

    @Test
    void told_to_stop_it_ends_what_does_not_finish_and_every_viewer_hears_it() throws Exception {
        try (ServedAgent agent = ServedAgent.counting(DELTAS, gate);
                RunningProgram program =
                        RunningProgram.gateway(directory, agent.target(), "--chat.drain-grace=200ms")) {
            ChatSocket socket = ChatSocket.open(Visitor.at(program.base()));
            socket.ask("Count, please.");
            socket.awaitType("text.delta");
            EventStream stream = Visitor.at(program.base()).watch("You too.").awaitText(10);

            program.terminate();

            assertThat(stream.awaitEnd().last().outcome()).isEqualTo("interrupted");
            assertThat(socket.awaitClose()).isEqualTo(1001);
            assertThat(socket.events().getLast().outcome()).isEqualTo("interrupted");
            assertThat(program.awaitExit()).isZero();
            assertThat(program.log()).doesNotContain("\tat ");
        }
    }

    @Test
    void a_second_signal_ends_it_at_once() throws Exception {
        try (ServedAgent agent = ServedAgent.counting(DELTAS, gate);
                RunningProgram program = RunningProgram.gateway(directory, agent.target(), "--chat.drain-grace=5m")) {
            Visitor visitor = Visitor.at(program.base());
            visitor.watch("Count, please.").awaitText(10);

            program.terminate();
            await().atMost(RunningProgram.PATIENCE)
                    .untilAsserted(() -> assertThat(visitor.send("GET", "/health/ready", "", Map.of())
                                    .statusCode())
                            .isEqualTo(503));
            program.terminate();

            assertThat(program.awaitExit()).isEqualTo(130);
        }
    }

    @Test
    void two_processes_do_not_share_a_data_directory() throws Exception {
        try (RunningProgram first = RunningProgram.gateway(directory);
                RunningProgram second = RunningProgram.start(directory, "--http.port=0")) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.log().lines())
                    .singleElement()
                    .asString()
                    .contains("cannot be used: another process has it");
            assertThat(Visitor.at(first.base()).get("/health").path("status").asText())
                    .isEqualTo("pass");
        }
    }

    /** What viewers see is ahead of the log for as long as a batch takes: how long that is the machine decides. */
    private void awaitLogged(String cursor) {
        long seq = Long.parseLong(cursor.substring(cursor.indexOf('-') + 1));
        await().atMost(RunningProgram.PATIENCE).until(() -> topOfLog() >= seq);
    }

    private long topOfLog() throws SQLException {
        Path database = directory.resolve("data/daveloper.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet top = statement.executeQuery("SELECT coalesce(max(last_seq), 0) FROM run_log")) {
            return top.getLong(1);
        }
    }
}
