package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever comes in is answered with the documented error; the program lives, its log is free of stack traces. */
class MalformedInputTest {
    private static final String JSON = "application/json";

    @TempDir
    private static Path directory;

    private static RunningProgram program;
    private Visitor visitor;

    @BeforeAll
    static void start() {
        program = RunningProgram.gateway(directory, "--agent.pace=0s", "--data.dir=");
    }

    @AfterAll
    static void stop() throws Exception {
        try (RunningProgram ending = program) {
            assertThat(Visitor.at(ending.base()).get("/health").path("status").asText())
                    .isEqualTo("pass");
            ending.terminate();
            assertThat(ending.awaitExit()).isZero();
            assertThat(ending.log()).doesNotContain("\tat ").doesNotContain("Exception");
        }
    }

    @BeforeEach
    void visit() throws Exception {
        visitor = Visitor.at(program.base());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"message\":            | 400 | malformed_json",
                "[]                       | 400 | malformed_json",
                "{}                       | 400 | invalid_request",
                "{\"message\":7}          | 400 | invalid_request",
                "{\"message\":\"\"}       | 400 | invalid_request",
                "{\"message\":\"x\",\"onBusy\":\"never\"} | 400 | invalid_request",
            })
    void a_body_that_is_wrong_is_a_problem(String body, int status, String code) throws Exception {
        HttpResponse<String> refused = visitor.send("POST", "/agent/chat", body, Map.of("Content-Type", JSON));

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = Visitor.JSON.readTree(refused.body());
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("traceId").asText()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /agent/runs/run_00000000000000000000000000, 404",
        "GET, /agent/runs/nonsense, 404",
        "GET, /agent/runs/run_00000000000000000000000000/events, 404",
        "POST, /agent/runs/nonsense/cancel, 404",
        "GET, /agent/chat/history/ses_00000000000000000000000000, 404",
        "GET, /there/is/nothing, 404",
        "DELETE, /health, 405",
        "GET, /library/no-such-document, 404",
        "GET, /health/nothing, 404",
    })
    void an_unknown_thing_is_not_found(String method, String path, int status) throws Exception {
        HttpResponse<String> refused = visitor.send(method, path, "", Map.of());

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(Visitor.JSON.readTree(refused.body()).path("status").asInt()).isEqualTo(status);
    }

    @Test
    void a_question_without_a_place_to_cut_it_is_quoted_in_whole_characters() throws Exception {
        HttpResponse<String> answer = visitor.ask("a" + "\ud83d\ude00".repeat(300));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("\ufffd");
    }

    @Test
    void another_sessions_run_is_not_found() throws Exception {
        EventStream stream = visitor.watch("What happens when Redis is down?").awaitEnd();
        Visitor stranger = Visitor.at(program.base());
        String run = "/agent/runs/" + stream.last().runId();

        for (String path : new String[] {run, run + "/events"}) {
            assertThat(stranger.send("GET", path, "", Map.of()).statusCode()).isEqualTo(404);
        }
        assertThat(stranger.send("POST", run + "/cancel", "", Map.of()).statusCode())
                .isEqualTo(404);
        assertThat(visitor.send("GET", run + "/events?after=x", "", Map.of()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void what_is_too_large_or_no_json_is_refused() throws Exception {
        String huge = "{\"message\":\"" + "x".repeat(2 << 20) + "\"}";

        assertThat(visitor.send("POST", "/agent/chat", huge, Map.of("Content-Type", JSON))
                        .statusCode())
                .isEqualTo(413);
        assertThat(visitor.send("POST", "/agent/chat", "message=x", Map.of("Content-Type", "text/plain"))
                        .statusCode())
                .isEqualTo(415);
        assertThat(visitor.send("GET", "/sessions/current", "", Map.of("Authorization", "Bearer nobody"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(visitor.send("GET", "/health", "", Map.of("X-Long", "x".repeat(20_000)))
                        .statusCode())
                .isEqualTo(431);
    }

    @ParameterizedTest
    @CsvSource({"'GARBAGE\r\n\r\n', 400", "'GET / HTTP/1.1\r\n\r\n', 400", "'GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n', 400"
    })
    void what_is_no_http_is_refused(String bytes, int status) throws Exception {
        URI base = program.base();
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 400".length());

            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 " + status);
        }
    }

    @Test
    void a_web_socket_answers_nonsense_and_lives_until_it_is_too_much() {
        try (ChatSocket socket = ChatSocket.open(visitor)) {
            for (String nonsense : new String[] {
                "{", "[]", "{\"type\":\"fly\"}", "{\"type\":\"chat.send\"}", "{\"type\":\"run.follow\",\"runId\":\"x\"}"
            }) {
                int before = socket.events().size();
                socket.send(nonsense);
                socket.await(event -> socket.events().size() > before && event.is("error"));
            }
            socket.send("{\"type\":\"ping\",\"id\":\"p\"}");
            assertThat(socket.awaitType("pong").json().path("replyTo").asText()).isEqualTo("p");
            for (int mistake = 0; mistake < 16; mistake++) {
                socket.send("{");
            }
            assertThat(socket.awaitClose()).isEqualTo(1008);
        }
    }

    @Test
    void a_web_socket_that_cannot_be_talked_to_is_closed_with_its_code() {
        try (ChatSocket socket = ChatSocket.open(visitor)) {
            socket.sendBinary(new byte[] {1, 2, 3});
            assertThat(socket.awaitClose()).isEqualTo(1003);
        }
        try (ChatSocket socket = ChatSocket.open(visitor)) {
            socket.ask("x".repeat(70 << 10));
            assertThat(socket.awaitClose()).isEqualTo(1009);
        }
    }
}
