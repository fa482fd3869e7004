package dev.daveloper.http;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What every route shares: headers, problems, and requests that are not as they should be. */
class HttpServerTest {
    private static TestGateway gateway;
    private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();

    @BeforeAll
    static void start() {
        gateway = TestGateway.of(
                ScriptedAgent.saying("hello"), config -> config.withCorsOrigins(Set.of("https://app.example")));
        LOGGED.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(LOGGED);
    }

    /** Whatever these tests send, nothing of it is worth a line in the log. */
    @AfterAll
    static void stop() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(LOGGED);
        gateway.close();
        assertThat(LOGGED.list)
                .filteredOn(event -> event.getThrowableProxy() != null)
                .isEmpty();
    }

    @Test
    void every_response_carries_the_security_headers_and_says_nothing_of_the_server() throws Exception {
        for (String path : List.of("/health/live", "/nowhere", "/sessions/current")) {
            var headers = gateway.get(path).headers();
            assertThat(headers.firstValue("Content-Security-Policy"))
                    .hasValue("default-src 'none'; frame-ancestors 'none'");
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
            assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
            assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
            assertThat(headers.firstValue("Permissions-Policy")).isPresent();
            assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
            assertThat(headers.firstValue("Server")).isEmpty();
            assertThat(headers.firstValue("X-Powered-By")).isEmpty();
        }
    }

    @Test
    void an_unknown_address_and_a_wrong_method_are_problems() throws Exception {
        HttpResponse<String> unknown = gateway.get("/nowhere?x=1");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(unknown);
        assertThat(problem.get("type").textValue()).isEqualTo("/errors/route_not_found");
        assertThat(problem.get("code").textValue()).isEqualTo("route_not_found");
        assertThat(problem.get("status").intValue()).isEqualTo(404);
        assertThat(problem.get("instance").textValue()).isEqualTo("/nowhere");
        assertThat(problem.get("title").textValue()).isNotEmpty();
        assertThat(problem.get("detail").textValue()).isNotEmpty();
        assertThat(problem.get("traceId").textValue()).hasSize(32);

        HttpResponse<String> wrong = gateway.get("/agent/chat");
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(json(wrong).get("code").textValue()).isEqualTo("method_not_allowed");
        assertThat(wrong.headers().firstValue("Allow")).hasValue("POST");
        assertThat(gateway.send(gateway.request("/sessions/current").method("TRACE", BodyPublishers.noBody()))
                        .statusCode())
                .isBetween(400, 405);
    }

    @Test
    void a_callers_trace_id_is_kept() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        HttpResponse<String> response =
                gateway.send(gateway.request("/nowhere").header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
        assertThat(json(response).get("traceId").textValue()).isEqualTo(trace);
    }

    @Test
    void malformed_json_is_a_problem_that_shows_the_place_and_nothing_else() throws Exception {
        List<String> wrong = List.of(
                "{\"message\":",
                "",
                "[]",
                "null",
                "{\"message\":\"a\"} {}",
                "{\"message\":\"a\",\"message\":\"b\"}",
                "[".repeat(100_000),
                "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}",
                "{\"maxTokens\":" + "1".repeat(200) + "}",
                "{message:'a'}");
        for (String body : wrong) {
            HttpResponse<String> response = gateway.send(gateway.post("/agent/chat", body));
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(json(response).get("code").textValue()).isEqualTo("malformed_json");
            assertThat(response.body()).doesNotContain("jackson", "Token", "java");
        }
        HttpResponse<String> badUtf8 = gateway.send(gateway.request("/agent/chat")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}'})));
        assertThat(json(badUtf8).get("code").textValue()).isEqualTo("malformed_json");
    }

    @Test
    void numbers_that_do_not_fit_are_named_not_bent() throws Exception {
        for (String number : List.of("1.5", "99999999999", "\"5\"", "true")) {
            HttpResponse<String> response =
                    gateway.send(gateway.post("/agent/chat", "{\"message\":\"a\",\"maxTokens\":" + number + "}"));
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(TestGateway.pointers(response)).containsExactly("#/maxTokens");
            assertThat(response.body()).contains("maxTokens must be a whole number.");
        }
        HttpResponse<String> text = gateway.send(gateway.post("/agent/chat", "{\"message\":5}"));
        assertThat(TestGateway.pointers(text)).containsExactly("#/message");
    }

    @Test
    void a_body_over_the_limit_is_refused_whether_its_length_is_told_or_not() throws Exception {
        byte[] big = new byte[2 * 1024 * 1024];
        HttpResponse<String> told = gateway.send(gateway.request("/agent/chat")
                .header("Content-Type", "application/json")
                .expectContinue(true)
                .POST(BodyPublishers.ofByteArray(big)));
        assertThat(told.statusCode()).isEqualTo(413);
        assertThat(json(told).get("code").textValue()).isEqualTo("body_too_large");

        String chunk = "x".repeat(1024 * 1024 + 10);
        String chunked = RawConnection.exchange(
                gateway.port(),
                "POST /agent/chat HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(chunk.length()) + "\r\n" + chunk
                        + "\r\n0\r\n\r\n");
        assertThat(chunked).startsWith("HTTP/1.1 413").contains("body_too_large");
    }

    @Test
    void only_json_is_taken_from_unsafe_methods() throws Exception {
        for (String type : List.of(
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json; charset=utf-16",
                "application/jsonx")) {
            HttpResponse<String> response = gateway.send(gateway.request("/agent/chat")
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString("{\"message\":\"a\"}")));
            assertThat(response.statusCode()).as(type).isEqualTo(415);
            assertThat(json(response).get("code").textValue()).isEqualTo("unsupported_media_type");
        }
        HttpResponse<String> form = gateway.send(gateway.request("/sessions")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.noBody()));
        assertThat(form.statusCode()).isEqualTo(415);
        HttpResponse<String> spelled = gateway.send(gateway.request("/agent/chat")
                .header("Content-Type", "Application/JSON; charset=\"UTF-8\"")
                .POST(BodyPublishers.ofString("{\"message\":\"a\"}")));
        assertThat(spelled.statusCode()).isEqualTo(200);
    }

    @Test
    void what_is_no_http_gets_the_same_problems() throws Exception {
        String headers = "Host: x\r\nConnection: close\r\n";
        String bad = RawConnection.exchange(gateway.port(), "NONSENSE\r\n\r\n");
        assertThat(bad).startsWith("HTTP/1.1 400").contains("application/problem+json", "bad_request", "nosniff");
        String large = RawConnection.exchange(
                gateway.port(), "GET / HTTP/1.1\r\n" + headers + "X-Big: " + "x".repeat(40_000) + "\r\n\r\n");
        assertThat(large).startsWith("HTTP/1.1 431").contains("headers_too_large");
        String longUri = RawConnection.exchange(
                gateway.port(), "GET /" + "x".repeat(40_000) + " HTTP/1.1\r\n" + headers + "\r\n");
        assertThat(longUri).startsWith("HTTP/1.1 414").contains("uri_too_long");
        String twoLengths = RawConnection.exchange(
                gateway.port(),
                "POST /agent/chat HTTP/1.1\r\n" + headers
                        + "Content-Type: application/json\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}");
        assertThat(twoLengths).startsWith("HTTP/1.1 400").contains("bad_request");
        String smuggled = RawConnection.exchange(
                gateway.port(),
                "POST /agent/chat HTTP/1.1\r\n" + headers
                        + "Content-Type: application/json\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "0\r\n\r\n");
        assertThat(smuggled).startsWith("HTTP/1.1 400");
        String escaped =
                RawConnection.exchange(gateway.port(), "GET /web/..%2f..%2fsecret HTTP/1.1\r\n" + headers + "\r\n");
        assertThat(escaped).startsWith("HTTP/1.1 400").contains("application/problem+json");
        String otherSocket = RawConnection.exchange(
                gateway.port(), "GET /nowhere HTTP/1.1\r\n" + headers + "Sec-WebSocket-Version: 13\r\n\r\n");
        assertThat(otherSocket).startsWith("HTTP/1.1 404").contains("route_not_found");
        for (String answer : List.of(bad, large, longUri, twoLengths, smuggled, escaped)) {
            assertThat(answer).doesNotContainIgnoringCase("jetty").doesNotContain("at org.", "Exception");
        }
    }

    @Test
    void foreign_pages_may_not_act_for_a_visitor() throws Exception {
        for (String[] header : new String[][] {
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"},
            {"Origin", "https://evil.example"},
            {"Origin", "null"},
            {"Origin", "https://127.0.0.1:" + gateway.port()}
        }) {
            HttpResponse<String> refused = gateway.send(
                    gateway.post("/agent/chat", "{\"message\":\"a\"}").header(header[0], header[1]));
            assertThat(refused.statusCode()).as(header[1]).isEqualTo(403);
            assertThat(json(refused).get("code").textValue()).isEqualTo("cross_site_refused");
            assertThat(refused.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
        for (String[] header :
                new String[][] {{"Sec-Fetch-Site", "same-origin"}, {"Origin", "http://127.0.0.1:" + gateway.port()}}) {
            assertThat(gateway.send(gateway.post("/agent/chat", "{\"message\":\"a\"}")
                                    .header(header[0], header[1]))
                            .statusCode())
                    .isEqualTo(200);
        }
        HttpResponse<String> read =
                gateway.send(gateway.request("/health/live").header("Sec-Fetch-Site", "cross-site"));
        assertThat(read.statusCode()).isEqualTo(200);
    }

    @Test
    void an_allowed_origin_may_call_and_read() throws Exception {
        HttpResponse<String> preflight = gateway.send(gateway.request("/v1/agent/chat")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "POST"));
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("https://app.example");
        assertThat(preflight
                        .headers()
                        .firstValue("Access-Control-Allow-Headers")
                        .orElseThrow())
                .contains("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID");
        assertThat(preflight.headers().firstValue("Vary").orElseThrow()).contains("Origin");

        HttpResponse<String> called = gateway.send(gateway.post("/agent/chat", "{\"message\":\"a\"}")
                .header("Origin", "https://app.example")
                .header("Sec-Fetch-Site", "cross-site"));
        assertThat(called.statusCode()).isEqualTo(200);
        assertThat(called.headers().firstValue("Access-Control-Allow-Credentials"))
                .hasValue("true");
        assertThat(called.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
                .contains("X-Run-Id");

        HttpResponse<String> foreign = gateway.send(gateway.request("/v1/agent/chat")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST"));
        assertThat(foreign.statusCode()).isEqualTo(403);
    }

    @Test
    void error_codes_explain_themselves_in_json_and_html() throws Exception {
        HttpResponse<String> asJson = gateway.get("/errors/run_in_progress");
        assertThat(json(asJson).get("status").intValue()).isEqualTo(409);
        HttpResponse<String> asHtml =
                gateway.send(gateway.request("/errors/run_in_progress").header("Accept", "text/html,*/*;q=0.8"));
        assertThat(asHtml.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(asHtml.body()).contains("<h1>An answer is already being made</h1>");
        assertThat(gateway.get("/errors/nonsense").statusCode()).isEqualTo(404);
    }

    @Test
    void a_charset_that_nobody_knows_is_refused_not_a_defect() throws Exception {
        HttpResponse<String> response = gateway.send(gateway.request("/agent/chat")
                .header("Content-Type", "application/json; charset=no-such")
                .POST(BodyPublishers.ofString("{}")));
        assertThat(response.statusCode()).isEqualTo(415);
    }
}
