package dev.daveloper.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.RawConnection;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.security.TrustedProxies;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MarkedRequestsTest {
    private static final Pattern MARKED =
            Pattern.compile("(?s).*\r\nX-Request-Id: (req_[0-9a-z]{26})\r\n.*X-Trace-Id: ([0-9a-f]{32})\r\n.*");
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "traceparent: 00-" + TRACE + "-00f067aa0ba902b7-01\r\n";

    private static TestGateway gateway;
    private static Edge edge;

    @BeforeAll
    static void start() {
        gateway = TestGateway.of(ScriptedAgent.saying("hello"));
        edge = Edge.of(config -> config.withProxies(TrustedProxies.of(List.of("127.0.0.1"))));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        edge.close();
    }

    @Test
    void every_response_carries_both_ids_whoever_makes_it() throws Exception {
        String end = "Host: x\r\nConnection: close\r\n\r\n";
        for (String request : List.of(
                "GET /health/live HTTP/1.1\r\n" + end,
                "GET /nowhere HTTP/1.1\r\n" + end,
                "HEAD /health/live HTTP/1.1\r\n" + end,
                "GET /agent/chat HTTP/1.1\r\n" + end,
                "NONSENSE\r\n\r\n",
                "GET / HTTP/9.9\r\n" + end,
                "GET /%zz HTTP/1.1\r\n" + end,
                "GET /a%2fb HTTP/1.1\r\n" + end,
                "GET /" + "x".repeat(40_000) + " HTTP/1.1\r\n" + end,
                "GET / HTTP/1.1\r\nX-Big: " + "x".repeat(40_000) + "\r\n" + end,
                "GET /ws/chat HTTP/1.1\r\n" + end)) {
            String answer = RawConnection.exchange(gateway.port(), request);
            assertThat(answer)
                    .as(request.substring(0, Math.min(40, request.length())))
                    .matches(MARKED);
        }
    }

    @Test
    void no_content_and_refusals_and_upgrades_carry_them_too() throws Exception {
        HttpResponse<String> gone = gateway.newCaller().delete("/sessions/current");
        assertThat(gone.statusCode()).isEqualTo(204);
        assertMarked(gone);
        HttpResponse<String> refused =
                gateway.send(gateway.post("/agent/chat", "{\"message\":\"a\"}").header("Sec-Fetch-Site", "cross-site"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertMarked(refused);
        HttpResponse<String> stream =
                gateway.send(gateway.post("/agent/chat", "{\"message\":\"a\"}").header("Accept", "text/event-stream"));
        assertThat(stream.statusCode()).isEqualTo(200);
        assertMarked(stream);
        try (RawConnection socket = new RawConnection(gateway.port(), 0)) {
            socket.say(String.join(
                    "\r\n",
                    "GET /ws/chat HTTP/1.1",
                    "Host: x",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Sec-WebSocket-Protocol: daveloper.v1",
                    "",
                    ""));
            assertThat(socket.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 101").matches(MARKED);
        }
    }

    @Test
    void pages_that_have_not_changed_carry_them_too() throws Exception {
        HttpResponse<String> page = gateway.get("/");
        String tag = page.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> same = gateway.send(gateway.request("/").header("If-None-Match", tag));
        assertThat(same.statusCode()).isEqualTo(304);
        assertMarked(same);
    }

    @Test
    void the_trace_id_is_the_one_of_the_problem() throws Exception {
        HttpResponse<String> unknown = gateway.get("/nowhere");
        assertThat(TestGateway.json(unknown).get("traceId").textValue())
                .isEqualTo(unknown.headers().firstValue("X-Trace-Id").orElseThrow());
        String bad = RawConnection.exchange(
                gateway.port(), "GET /a%2fb HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + PARENT + "\r\n");
        assertThat(bad).startsWith("HTTP/1.1 400").contains("X-Trace-Id: " + TRACE, "\"traceId\":\"" + TRACE + "\"");
    }

    @Test
    void the_lines_that_are_logged_for_a_request_carry_its_ids() throws Exception {
        String answer = marks(PARENT + "X-Request-Id: my-own.id_7\r\n");
        assertThat(answer)
                .contains("X-Request-Id: my-own.id_7\r\n", "X-Trace-Id: " + TRACE + "\r\n")
                .endsWith("my-own.id_7 " + TRACE + " " + TRACE);
    }

    @Test
    void a_request_id_that_could_forge_a_line_is_replaced() throws Exception {
        for (String forged : List.of("a b", "a\"b", "x".repeat(129), "\u00e9", "a;b", "")) {
            assertThat(marks("X-Request-Id: " + forged + "\r\n")).matches(MARKED);
        }
    }

    /** The gateway of this test has no trusted proxies. */
    @Test
    void a_request_id_is_taken_from_proxies_alone() throws Exception {
        HttpResponse<String> answer = gateway.send(
                gateway.request("/health/live").header("X-Request-Id", "mine").method("GET", BodyPublishers.noBody()));
        assertMarked(answer);
    }

    private static String marks(String headers) throws Exception {
        return RawConnection.exchange(
                edge.port(), "GET /marks HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n");
    }

    private static void assertMarked(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("X-Request-Id").orElseThrow()).matches("req_[0-9a-z]{26}");
        assertThat(response.headers().firstValue("X-Trace-Id").orElseThrow()).matches("[0-9a-f]{32}");
    }
}
