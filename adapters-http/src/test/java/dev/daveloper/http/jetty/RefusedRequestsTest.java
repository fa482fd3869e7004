package dev.daveloper.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.RawConnection;
import dev.daveloper.http.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server turns down before any route sees it: the same problems, and no word of the server. */
class RefusedRequestsTest {
    private static final String END = "Host: x\r\nConnection: close\r\n\r\n";
    private static final String JSON = "POST /sessions HTTP/1.1\r\nContent-Type: application/json\r\n";

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.of(ScriptedAgent.saying("hello"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\r\n\r\n",
                "GET\r\n\r\n",
                "G\u0001T / HTTP/1.1\r\nHost: x\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n",
                "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nNo colon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nName : value\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-A: one\r\n two\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-A: a\u0000b\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /%ff%fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /a%2fb HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /a/..%2f..%2fsecret HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /../../secret HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            })
    void what_is_no_http_is_a_bad_request(String request) throws Exception {
        assertProblem(exchange(request), 400, "bad_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: -1",
                "Content-Length: x",
                "Content-Length: 99999999999999999999",
                "Content-Length: 2\r\nContent-Length: 3",
                "Content-Length: 2, 3",
                "Content-Length: 2\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 2",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"
            })
    void a_body_whose_length_is_in_doubt_is_refused_and_nothing_behind_it_is_answered(String headers) throws Exception {
        String behind = "GET /health/live HTTP/1.1\r\nHost: smuggled\r\n\r\n";
        String answer = exchange(JSON + "Host: x\r\n" + headers + "\r\n\r\n0\r\n\r\n" + behind);
        assertProblem(answer, 400, "bad_request");
        assertThat(answer.split("HTTP/1\\.1 ", -1)).as("answers").hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,    /sessions,        POST",
        "TRACE,  /agent/chat,      POST",
        "FOO,    /agent/chat,      POST",
        "PATCH,  /health,          GET",
        "TRACE,  /ws/chat,         GET",
        "DELETE, /ws/chat,         GET"
    })
    void a_method_that_is_not_there_is_refused_with_those_that_are(String method, String path, String allowed)
            throws Exception {
        String answer = exchange(method + " " + path + " HTTP/1.1\r\nX-Secret: do-not-echo\r\n" + END);
        assertProblem(answer, 405, "method_not_allowed");
        assertThat(header(answer, "Allow")).contains(allowed);
        assertThat(answer).doesNotContain("do-not-echo");
    }

    @Test
    void nobody_is_connected_through() throws Exception {
        String answer;
        try (RawConnection connection = new RawConnection(gateway.port(), 0)) {
            connection.say("CONNECT other.example:443 HTTP/1.1\r\nHost: other.example:443\r\n\r\n");
            answer = connection.readUntil("}");
        }
        assertProblem(answer, 405, "method_not_allowed");
        assertThat(header(answer, "Allow")).isNotEmpty().doesNotContain("CONNECT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/2.0\r\n" + END,
                "GET / HTTP/9.9\r\n" + END,
                "GET / FTP/1.1\r\n" + END,
                "GET /\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            })
    void other_versions_are_named_as_what_they_are(String request) throws Exception {
        assertProblem(exchange(request), 505, "version_not_supported");
    }

    @Test
    void an_expectation_that_nobody_can_meet_is_refused() throws Exception {
        assertProblem(exchange(JSON + "Expect: a-miracle\r\nContent-Length: 2\r\n" + END), 417, "expectation_failed");
    }

    @Test
    void whoever_waits_to_be_told_to_go_on_hears_of_a_refusal_instead() throws Exception {
        String answer =
                exchange(JSON.replace("/sessions", "/nowhere") + "Expect: 100-continue\r\nContent-Length: 2\r\n" + END);
        assertProblem(answer, 404, "route_not_found");
    }

    @Test
    void too_much_of_a_header_and_too_long_an_address_have_their_own_codes() throws Exception {
        assertProblem(
                exchange("GET / HTTP/1.1\r\nX-Big: " + "x".repeat(40_000) + "\r\n" + END), 431, "headers_too_large");
        assertProblem(exchange("GET / HTTP/1.1\r\n" + "X: y\r\n".repeat(8_000) + END), 431, "headers_too_large");
        assertProblem(exchange("GET /" + "x".repeat(40_000) + " HTTP/1.1\r\n" + END), 414, "uri_too_long");
    }

    private static String exchange(String request) throws Exception {
        return RawConnection.exchange(gateway.port(), request);
    }

    private static void assertProblem(String answer, int status, String code) throws Exception {
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Server")).isEmpty();
        JsonNode problem = TestGateway.JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("code").textValue()).isEqualTo(code);
        assertThat(problem.get("traceId").textValue()).isEqualTo(header(answer, "X-Trace-Id"));
        assertThat(answer).doesNotContainIgnoringCase("jetty").doesNotContain("at org.", "Exception");
    }

    private static String header(String answer, String name) {
        String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                .map(line -> line.substring(name.length() + 2))
                .reduce("", (before, line) -> before.isEmpty() ? line : before + ", " + line);
    }
}
