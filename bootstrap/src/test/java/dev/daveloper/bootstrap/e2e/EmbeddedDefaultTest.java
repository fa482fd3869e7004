package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer sees: the program with nothing configured but a port. */
class EmbeddedDefaultTest {
    private static final String QUESTION = "How do I connect my own agent?";

    @TempDir
    private static Path directory;

    private static RunningProgram program;
    private Visitor visitor;

    @BeforeAll
    static void start() {
        program = RunningProgram.gateway(directory, "--agent.pace=1ms");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        try (RunningProgram ending = program) {
            ending.terminate();
            assertThat(ending.awaitExit()).isZero();
            assertThat(ending.log()).doesNotContain("\tat ").doesNotContain(QUESTION);
        }
    }

    @BeforeEach
    void visit() throws Exception {
        visitor = Visitor.at(program.base());
    }

    @Test
    void a_question_gets_one_json_answer_whose_citations_open() throws Exception {
        HttpResponse<String> answered = visitor.ask(QUESTION);
        JsonNode message = Visitor.JSON.readTree(answered.body()).path("message");

        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(message.path("text").asText()).contains("[1]");
        assertThat(message.path("citations")).isNotEmpty().allSatisfy(citation -> {
            HttpRequest open = HttpRequest.newBuilder(
                            program.base().resolve(citation.path("url").asText()))
                    .build();
            assertThat(Visitor.HTTP.send(open, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        });
        assertThat(visitor.history())
                .hasSize(2)
                .first()
                .satisfies(asked -> assertThat(asked.path("text").asText()).isEqualTo(QUESTION));
    }

    @Test
    void the_stream_is_the_answer_from_its_start_to_its_one_ending() throws Exception {
        try (EventStream stream = visitor.watch(QUESTION).awaitEnd()) {
            assertThat(stream.events().getFirst().type()).isEqualTo("run.started");
            assertThat(stream.last().outcome()).isEqualTo("completed");
            assertThat(stream.text()).isEqualTo(stream.last().storedText()).isNotBlank();
            assertThat(stream.events())
                    .filteredOn(event -> event.is("run.finished"))
                    .hasSize(1);
        }
    }

    @Test
    void whoever_comes_back_continues_from_any_cursor() throws Exception {
        List<Event> all;
        try (EventStream stream = visitor.watch(QUESTION).awaitEnd()) {
            all = stream.events();
        }
        for (int seen = 1; seen < all.size(); seen++) {
            Event last = all.get(seen - 1);
            try (EventStream rest = visitor.resume(last.runId(), last.cursor()).awaitEnd()) {
                assertThat(Event.textOf(all.subList(0, seen)) + rest.text())
                        .as("from " + last.cursor())
                        .isEqualTo(rest.last().storedText());
                assertThat(rest.events())
                        .filteredOn(event -> event.is("run.finished"))
                        .hasSize(1);
            }
        }
    }

    @Test
    void the_web_socket_tells_the_same() {
        try (ChatSocket socket = ChatSocket.open(visitor)) {
            socket.ask(QUESTION);
            Event ending = socket.awaitType("run.finished");

            assertThat(socket.text()).isEqualTo(ending.storedText()).isNotBlank();
        }
    }

    @Test
    void the_page_and_the_health_are_there() throws Exception {
        HttpRequest page = HttpRequest.newBuilder(program.base()).build();

        assertThat(Visitor.HTTP.send(page, BodyHandlers.ofString()).body()).contains("<html");
        assertThat(visitor.get("/health").path("status").asText()).isEqualTo("pass");
        assertThat(program.out()).contains("data    " + directory.toRealPath());
    }
}
