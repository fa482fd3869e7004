package dev.daveloper.http.requests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.RawConnection;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.testkit.ApiContract;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where the time of a request went stands in its response. */
class ServerTimingTest {
    private static final String ORIGIN = "https://app.example";
    private static final Pattern ENTRY = Pattern.compile("([a-z]+);dur=([0-9]+)\\.([0-9]{3})(, |$)");

    private static TestGateway gateway;
    private static TestGateway.Caller caller;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.of(ScriptedAgent.saying("hello"), config -> config.withCorsOrigins(Set.of(ORIGIN)));
        caller = gateway.newCaller();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** The header's entries in microseconds; empty when it is not there. */
    private static Map<String, Long> timing(HttpResponse<?> response) {
        Map<String, Long> entries = new LinkedHashMap<>();
        String header = String.join("|", response.headers().allValues(ServerTiming.HEADER));
        int end = 0;
        for (MatchResult entry : ENTRY.matcher(header).results().toList()) {
            assertThat(entry.start()).isEqualTo(end);
            end = entry.end();
            entries.put(entry.group(1), Long.parseLong(entry.group(2) + entry.group(3)));
        }
        assertThat(end).as(header).isEqualTo(header.length());
        return entries;
    }

    private static HttpRequest.Builder ask() {
        return caller.post("/agent/chat", "{\"message\":\"hi\"}");
    }

    @Test
    void an_answer_says_where_its_time_went_and_the_phases_are_parts_of_the_total() throws Exception {
        HttpResponse<String> answer = gateway.send(ask());
        assertThat(answer.statusCode()).isEqualTo(200);
        Map<String, Long> timing = timing(answer);
        assertThat(timing.keySet()).containsExactly("limits", "auth", "route", "answer", "total");
        long phases = timing.values().stream().mapToLong(Long::longValue).sum() - timing.get("total");
        assertThat(phases).isLessThanOrEqualTo(timing.get("total"));
    }

    @Test
    void the_head_of_a_stream_says_it_too() throws Exception {
        HttpRequest request = ask().header("Accept", "text/event-stream").build();
        HttpResponse<String> stream = gateway.client().send(request, BodyHandlers.ofString());
        ApiContract.check(stream);
        assertThat(timing(stream).keySet()).containsExactly("limits", "auth", "route", "total");
    }

    @Test
    void responses_without_a_body_and_refusals_say_it() throws Exception {
        List<HttpResponse<String>> responses = new ArrayList<>();
        String tag = caller.get("/agent/tools").headers().firstValue("ETag").orElseThrow();
        responses.add(gateway.send(caller.request("/agent/tools").header("If-None-Match", tag)));
        responses.add(caller.delete("/agent/chat/history/" + caller.sessionId()));
        responses.add(gateway.get("/sessions/current"));
        responses.add(caller.get("/agent/tools?more=1"));

        assertThat(responses).extracting(HttpResponse::statusCode).containsExactly(304, 204, 401, 400);
        assertThat(responses)
                .allSatisfy(response -> assertThat(timing(response).keySet())
                        .startsWith("limits")
                        .contains("route")
                        .endsWith("total"));
        assertThat(timing(gateway.get("/no/such/address")).keySet()).containsExactly("total");
    }

    @Test
    void opening_a_session_is_time_for_who_calls() throws Exception {
        HttpResponse<String> opened = gateway.send(gateway.request("/sessions").POST(BodyPublishers.noBody()));
        assertThat(timing(opened).keySet()).containsExactly("limits", "auth", "route", "total");
    }

    @Test
    void pages_and_documents_do_not_say_it() throws Exception {
        for (String address :
                List.of("/", "/docs", "/web/css/base.css", "/openapi.yaml", "/library/guides/agents.md")) {
            HttpResponse<String> page = gateway.get(address);
            assertThat(page.statusCode()).as(address).isEqualTo(200);
            assertThat(timing(page)).as(address).isEmpty();
        }
    }

    @Test
    void a_websocket_begins_with_it() throws Exception {
        try (RawConnection connection = new RawConnection(gateway.port(), 0)) {
            connection.say("""
                    GET /ws/chat HTTP/1.1\r
                    Host: 127.0.0.1\r
                    Upgrade: websocket\r
                    Connection: Upgrade\r
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                    Sec-WebSocket-Version: 13\r
                    Sec-WebSocket-Protocol: daveloper.v1\r
                    \r
                    """);
            assertThat(connection.readUntil("\r\n\r\n"))
                    .startsWith("HTTP/1.1 101")
                    .contains("Server-Timing: limits;dur=");
        }
    }

    @Test
    void pages_of_allowed_origins_may_read_it_and_no_others() throws Exception {
        HttpResponse<String> allowed =
                gateway.send(caller.request("/agent/tools").header("Origin", ORIGIN));
        assertThat(allowed.headers().firstValue("Timing-Allow-Origin")).contains(ORIGIN);
        assertThat(allowed.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
                .contains("Server-Timing");
        HttpResponse<String> other =
                gateway.send(caller.request("/agent/tools").header("Origin", "https://other.example"));
        assertThat(other.headers().firstValue("Timing-Allow-Origin")).isEmpty();
    }

    @Test
    void nothing_is_said_where_the_operator_does_not_want_it() throws Exception {
        try (TestGateway silent =
                TestGateway.of(ScriptedAgent.saying("hello"), config -> config.withServerTiming(false))) {
            HttpResponse<String> answer = silent.newCaller().ask("hi");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(timing(answer)).isEmpty();
        }
    }
}
