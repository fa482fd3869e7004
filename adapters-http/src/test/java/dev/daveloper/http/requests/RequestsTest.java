package dev.daveloper.http.requests;

import static dev.daveloper.http.TestGateway.json;
import static dev.daveloper.http.TestGateway.pointers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.RawConnection;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a request says beside its path, on the real server. */
class RequestsTest {
    private static final Pattern IGNORES_QUERY = Pattern.compile("(/v1)?/(|docs|status|graphiql|graphql/schema|"
            + "(open|async)api\\.(yaml|json)|errors(/\\{code})?|(web|library|health)(/.*)?)");

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private static TestGateway gateway;
    private static TestGateway.Caller caller;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.of(ScriptedAgent.saying("hello"));
        caller = gateway.newCaller();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void every_route_of_the_api_refuses_a_parameter_that_it_does_not_know_by_its_name() throws Exception {
        String run = caller.startRun("hi");
        for (String route : gateway.server().routes()) {
            String method = route.substring(0, route.indexOf(' '));
            String path = route.substring(method.length() + 1);
            // GraphQL over HTTP wants what is unknown to be passed over, which GraphGetTest and GraphProtocolTest show.
            if (method.equals("HEAD") || path.endsWith("/ws/chat") || path.endsWith("/graphql")) {
                continue;
            }
            String job = "job_00000000000000000000000000";
            String named = path.replace("{sessionId}", caller.sessionId())
                    .replace("/runs/{id}", "/runs/" + run)
                    .replaceAll("\\{[^}]+}|<[^>]+>", job);
            // Not by the gateway's own way of sending, which refuses what is not described before anybody is asked.
            HttpRequest.Builder request = caller.request(named + "?utm_source=x")
                    .header(
                            "Content-Type",
                            named.endsWith("/ingest") ? "multipart/form-data; boundary=x" : "application/json")
                    .method(method, BodyPublishers.ofString(WITH_BODY.contains(method) ? "{}" : ""));
            HttpResponse<String> response = gateway.client().send(request.build(), BodyHandlers.ofString());
            if (IGNORES_QUERY.matcher(path).matches()) {
                assertThat(response.statusCode()).as(route).isNotEqualTo(400);
                assertThat(response.body()).as(route).doesNotContain("utm_source");
            } else {
                assertThat(response.statusCode()).as(route).isEqualTo(400);
                assertThat(pointers(response)).as(route).contains("#/utm_source");
                assertThat(response.body()).contains("There is no query parameter 'utm_source' here.");
            }
        }
    }

    @Test
    void query_headers_and_body_are_judged_together() throws Exception {
        HttpResponse<String> refused =
                gateway.send(caller.post("/agent/chat?limit=1&limit=2", "{\"message\":\"\",\"a\":1}")
                        .header("Idempotency-Key", "one two"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(pointers(refused))
                .containsExactlyInAnyOrder("#/message", "#/a", "#/limit", "#/limit", "#/headers/Idempotency-Key");
        String run = caller.startRun("hi");
        HttpResponse<String> cursors = gateway.send(caller.request("/agent/runs/" + run + "/events?after=x&before=1")
                .header("Last-Event-ID", "y"));
        assertThat(pointers(cursors)).containsExactlyInAnyOrder("#/after", "#/before", "#/headers/Last-Event-ID");
    }

    @Test
    void a_parameter_or_a_header_that_comes_twice_is_refused() throws Exception {
        String history = "/agent/chat/history/" + caller.sessionId();
        assertThat(pointers(caller.get(history + "?limit=1&limit=1"))).containsExactly("#/limit");
        HttpResponse<String> keys = gateway.send(caller.post("/agent/chat", "{\"message\":\"a\"}")
                .header("Idempotency-Key", "a")
                .header("Idempotency-Key", "b"));
        assertThat(pointers(keys)).containsExactly("#/headers/Idempotency-Key");
        HttpResponse<String> preferences = gateway.send(caller.post("/agent/chat", "{\"message\":\"a\"}")
                .header("Prefer", "wait=5")
                .header("Prefer", "respond-async"));
        assertThat(preferences.statusCode()).isEqualTo(202);
    }

    @Test
    void an_idempotency_key_is_bare_or_quoted() throws Exception {
        for (String key : List.of("a-key", "\"a-key\"", "\"a\\\\k\\\"\"", "k".repeat(128))) {
            assertThat(gateway.send(gateway.post("/agent/chat", "{\"message\":\"a\"}")
                                    .header("Idempotency-Key", key))
                            .statusCode())
                    .as(key)
                    .isEqualTo(200);
        }
        for (String key : List.of("", "\"", "\"a", "a b", "\"a b\"", "k".repeat(129), "\"\"", "\"a\\b\"")) {
            assertThat(pointers(gateway.send(
                            gateway.post("/agent/chat", "{\"message\":\"a\"}").header("Idempotency-Key", key))))
                    .as(key)
                    .containsExactly("#/headers/Idempotency-Key");
        }
    }

    @Test
    void numbers_in_a_query_are_ascii_digits() throws Exception {
        String history = "/agent/chat/history/" + caller.sessionId();
        for (String limit : List.of(
                "", "%2B5", "%20 5".strip(), "5.0", "1e1", "%D9%A5", "0x5", "99999999999", "-1", "9".repeat(30))) {
            assertThat(pointers(caller.get(history + "?limit=" + limit.replace(" ", "%20"))))
                    .as(limit)
                    .containsExactly("#/limit");
        }
        assertThat(caller.get(history + "?limit=5").statusCode()).isEqualTo(200);
    }

    @Test
    void a_query_that_is_no_utf_8_is_refused() throws Exception {
        for (String value : List.of("%ff", "%c3%28", "%ed%a0%80", "%zz", "%", "%c0%af", "%e2%82")) {
            String answer = RawConnection.exchange(
                    gateway.port(),
                    "GET /documents?name=" + value
                            + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer " + caller.token()
                            + "\r\n\r\n");
            assertThat(answer).as(value).startsWith("HTTP/1.1 400").contains("application/problem+json");
        }
        assertThat(caller.get("/documents?name=caf%C3%A9+%F0%9F%98%80").statusCode())
                .isEqualTo(200);
        assertThat(pointers(caller.get("/documents?name=a%E2%80%AEb"))).containsExactly("#/name");
        assertThat(pointers(caller.get("/documents?name=a%0d%0ab"))).containsExactly("#/name");
    }

    @Test
    void a_body_where_none_is_taken_is_judged_like_any_other() throws Exception {
        assertThat(gateway.send(gateway.post("/sessions", "{}")).statusCode()).isEqualTo(201);
        assertThat(pointers(gateway.send(gateway.post("/sessions", "{\"sessionId\":\"mine\"}"))))
                .containsExactly("#/sessionId");
        assertThat(json(gateway.send(gateway.post("/sessions", "{")))
                        .path("code")
                        .textValue())
                .isEqualTo("malformed_json");
        assertThat(gateway.send(caller.post("/agent/runs/x/cancel", "{\"reason\":\"x\"}"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_socket_takes_nothing_in_its_address() throws Exception {
        String answer = RawConnection.exchange(
                gateway.port(),
                String.join(
                        "\r\n",
                        "GET /ws/chat?token=secret HTTP/1.1",
                        "Host: x",
                        "Upgrade: websocket",
                        "Connection: Upgrade, close",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                        "Sec-WebSocket-Protocol: daveloper.v1",
                        "",
                        ""));

        assertThat(answer).startsWith("HTTP/1.1 400").contains("#/token").doesNotContain("secret");
    }

    @Test
    void a_jobs_stream_is_resumed_behind_its_end_only() throws Exception {
        HttpResponse<String> refused =
                gateway.send(caller.request("/documents/status/job_00000000000000000000000000/events")
                        .header("Last-Event-ID", "7"));

        assertThat(pointers(refused)).containsExactly("#/headers/Last-Event-ID");
    }
}
