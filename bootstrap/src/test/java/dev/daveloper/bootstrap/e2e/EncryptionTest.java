package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages encrypted where they are kept, as an operator sets it up and rotates it. */
class EncryptionTest {
    private static final String QUESTION = "How do I connect my own agent, dear gateway?";
    private static final String OLD = "old=" + "A".repeat(43) + "=";
    private static final String NEW = "new=" + "B".repeat(42) + "A=";

    @TempDir
    private Path directory;

    @Test
    void history_outlives_a_new_key_and_needs_the_one_it_was_written_with() throws Exception {
        Visitor visitor;
        List<JsonNode> history;
        try (RunningProgram program = gateway(OLD)) {
            visitor = Visitor.at(program.base());
            assertThat(visitor.ask(QUESTION).statusCode()).isEqualTo(200);
            history = visitor.history();
            assertThat(history).hasSize(2);
            stop(program);
        }
        assertThat(Files.readString(directory.resolve("data/daveloper.db"), StandardCharsets.ISO_8859_1))
                .doesNotContain("dear gateway");

        assertRefused("the key 'old', which is not configured");
        assertRefused("'old' is not the key of this name", "--data.encryption-keys=" + NEW.replace("new", "old"));

        try (RunningProgram program = gateway(NEW + "," + OLD)) {
            assertThat(visitor.movedTo(program.base()).history()).isEqualTo(history);
            stop(program);
            assertThat(program.log()).doesNotContain("A".repeat(10)).doesNotContain("B".repeat(10));
        }

        tamper();
        try (RunningProgram program = gateway(NEW + "," + OLD)) {
            Visitor back = visitor.movedTo(program.base());
            assertThat(back.get(back.historyPath()).path("code").asText()).isEqualTo("internal");
            assertThat(program.log())
                    .contains("message " + history.getFirst().path("id").asText());
        }
    }

    private void assertRefused(String why, String... args) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of("--http.port=0"));
        all.addAll(List.of(args));
        try (RunningProgram program = RunningProgram.start(directory, all.toArray(String[]::new))) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.log()).contains(why).doesNotContain("\tat ");
        }
    }

    private void tamper() throws Exception {
        try (Connection database =
                        DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("data/daveloper.db"));
                Statement statement = database.createStatement()) {
            statement.executeUpdate("UPDATE messages SET content = substr(content, 1, length(content) - 1)");
        }
    }

    private RunningProgram gateway(String keys) {
        return RunningProgram.gateway(directory, "--agent.pace=0s", "--data.encryption-keys=" + keys);
    }

    private static void stop(RunningProgram program) throws InterruptedException {
        program.terminate();
        assertThat(program.awaitExit()).isZero();
    }
}
