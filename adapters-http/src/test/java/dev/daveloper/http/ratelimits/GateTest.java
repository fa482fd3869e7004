package dev.daveloper.http.ratelimits;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.ratelimits.LimitSettings;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.http.EventReader;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GateTest {
    static CoreSettings limiting(String... policies) {
        return CoreSettings.DEFAULT.with(
                new LimitSettings(Stream.of(policies).map(PolicyText::read).toList(), Duration.ofHours(1)));
    }

    private static TestGateway gateway(String... policies) {
        return TestGateway.of(ScriptedAgent.saying("hello"), limiting(policies));
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void headers_count_down_and_the_call_beyond_is_refused() throws Exception {
        try (TestGateway gateway = gateway("chat: 2 per 1h by session on chat")) {
            TestGateway.Caller caller = gateway.newCaller();

            HttpResponse<String> first = caller.ask("one");
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(header(first, "RateLimit-Policy")).isEqualTo("\"chat\";q=2;w=3600");
            assertThat(header(first, "RateLimit")).isEqualTo("\"chat\";r=1;t=1800");
            assertThat(header(first, "X-RateLimit-Limit")).isEqualTo("2");
            assertThat(header(first, "X-RateLimit-Remaining")).isEqualTo("1");
            assertThat(header(caller.ask("two"), "RateLimit")).startsWith("\"chat\";r=0;t=");

            HttpResponse<String> refused = caller.ask("three");
            assertThat(refused.statusCode()).isEqualTo(429);
            JsonNode problem = json(refused);
            assertThat(problem.get("type").textValue())
                    .isEqualTo("https://iana.org/assignments/http-problem-types#quota-exceeded");
            assertThat(problem.get("code").textValue()).isEqualTo("quota_exceeded");
            assertThat(problem.get("violated-policies").toString()).isEqualTo("[\"chat\"]");
            assertThat(problem.at("/limits/0/remaining").intValue()).isZero();
            assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(1790, 1800);
            assertThat(header(refused, "RateLimit")).isEqualTo("\"chat\";r=0;t=" + header(refused, "Retry-After"));
        }
    }

    @Test
    void nobody_uses_up_what_is_somebody_elses() throws Exception {
        try (TestGateway gateway = gateway("chat: 1 per 1h by session on chat")) {
            TestGateway.Caller one = gateway.newCaller();
            TestGateway.Caller other = gateway.newCaller();
            assertThat(one.ask("hi").statusCode()).isEqualTo(200);
            assertThat(one.ask("hi").statusCode()).isEqualTo(429);
            assertThat(other.ask("hi").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_session_that_a_message_opens_is_counted_from_that_message_on() throws Exception {
        try (TestGateway gateway =
                gateway("chat: 1 per 1h by session on chat", "sessions: 1 per 1h by address on sessions")) {
            HttpResponse<String> first = gateway.send(gateway.post("/agent/chat", "{\"message\":\"hi\"}"));
            assertThat(first.statusCode()).isEqualTo(200);
            String cookie = header(first, "Set-Cookie").split(";", 2)[0];
            HttpResponse<String> second = gateway.send(
                    gateway.post("/agent/chat", "{\"message\":\"hi\"}").header("Cookie", cookie));
            assertThat(json(second).get("violated-policies").toString()).isEqualTo("[\"chat\"]");

            HttpResponse<String> another = gateway.send(gateway.post("/agent/chat", "{\"message\":\"hi\"}"));
            assertThat(json(another).get("violated-policies").toString()).isEqualTo("[\"sessions\"]");
            assertThat(header(another, "Set-Cookie")).isEmpty();
        }
    }

    @Test
    void a_session_that_is_remembered_and_has_ended_is_counted_as_none() throws Exception {
        try (TestGateway gateway =
                gateway("chat: 2 per 1h by session on chat", "sessions: 2 per 1h by address on sessions")) {
            TestGateway.Caller ended = gateway.newCaller();
            assertThat(ended.delete("/sessions/current").statusCode()).isEqualTo(204);
            for (String remaining : new String[] {"1", "0"}) {
                HttpResponse<String> opening = gateway.send(
                        gateway.post("/agent/chat", "{\"message\":\"hi\"}").header("Cookie", ended.cookie()));
                if (remaining.equals("1")) {
                    assertThat(header(opening, "RateLimit")).startsWith("\"chat\";r=1;");
                    assertThat(header(opening, "Set-Cookie")).isNotEmpty();
                } else {
                    assertThat(json(opening).get("violated-policies").toString())
                            .isEqualTo("[\"sessions\"]");
                }
            }
            assertThat(ended.ask("hi").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void what_breaks_the_rules_counts_as_well() throws Exception {
        try (TestGateway gateway = gateway("chat: 1 per 1h by session on chat")) {
            TestGateway.Caller caller = gateway.newCaller();
            assertThat(gateway.client()
                            .send(
                                    caller.post("/agent/chat", "{\"nonsense\":1}")
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(400);
            assertThat(caller.ask("hi").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void one_endpoint_and_every_reading_are_counted_apart_and_health_not_at_all() throws Exception {
        try (TestGateway gateway =
                gateway("tools: 1 per 1h by address on GET /agent/tools", "reads: 3 per 1h by address on reads")) {
            assertThat(gateway.get("/v1/agent/tools").statusCode()).isEqualTo(200);
            HttpResponse<String> refused = gateway.get("/agent/tools");
            assertThat(json(refused).get("violated-policies").toString()).isEqualTo("[\"tools\"]");
            assertThat(header(refused, "RateLimit")).contains("\"reads\";r=2");
            TestGateway.Caller caller = gateway.newCaller();
            assertThat(caller.get("/sessions/current").statusCode()).isEqualTo(200);
            assertThat(caller.get("/sessions/current").statusCode()).isEqualTo(200);
            assertThat(caller.get("/sessions/current").statusCode()).isEqualTo(429);
            HttpResponse<String> health = gateway.get("/health");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(header(health, "RateLimit")).isEmpty();
        }
    }

    @Test
    void an_address_that_a_stranger_claims_changes_nothing() throws Exception {
        try (TestGateway gateway = gateway("all: 2 per 1h by address on all")) {
            for (int i = 0; i < 2; i++) {
                assertThat(gateway.send(gateway.request("/agent/tools").header("X-Forwarded-For", "192.0.2." + i))
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(gateway.send(gateway.request("/agent/tools")
                                    .header("X-Forwarded-For", "192.0.2.9")
                                    .header("Forwarded", "for=192.0.2.10"))
                            .statusCode())
                    .isEqualTo(429);
        }
    }

    @Test
    void a_policy_in_shadow_refuses_nobody_and_is_not_told() throws Exception {
        try (TestGateway gateway = gateway("all: 1 per 1h by address on all shadow")) {
            gateway.get("/agent/tools");
            HttpResponse<String> second = gateway.get("/agent/tools");
            assertThat(second.statusCode()).isEqualTo(200);
            assertThat(second.headers().map().keySet()).noneMatch(name -> name.startsWith("ratelimit"));
            assertThat(gateway.core().limits().stats().policies().getFirst().shadowRefused())
                    .isEqualTo(1);
        }
    }

    @Test
    void slots_are_held_for_as_long_as_an_answer_is_made() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        ScriptedAgent agent = ScriptedAgent.following(request -> Script.say("a").thenWaitFor(end));
        try (TestGateway gateway = TestGateway.of(agent, limiting("answers: 1 at once by address on chat"))) {
            TestGateway.Caller caller = gateway.newCaller();
            TestGateway.Caller other = gateway.newCaller();
            caller.startRun("hi");
            HttpResponse<String> refused = other.ask("hi");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(header(refused, "RateLimit-Policy")).isEqualTo("\"answers\";q=1;qu=\"concurrent-requests\"");
            assertThat(header(refused, "RateLimit")).isEqualTo("\"answers\";r=0");
            assertThat(header(refused, "Retry-After")).isEqualTo("1");
            end.countDown();
            await().until(() -> gateway.limiter().slotsHeld() == 0);
            assertThat(other.ask("hi").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_stream_holds_its_slot_until_its_viewer_has_gone() throws Exception {
        ScriptedAgent agent = ScriptedAgent.following(request -> Script.say("a").thenWaitFor(new CountDownLatch(1)));
        try (TestGateway gateway = TestGateway.of(agent, limiting("streams: 1 at once by session on streams"))) {
            TestGateway.Caller caller = gateway.newCaller();
            String run = caller.startRun("hi");
            try (EventReader viewer = caller.follow(run, "")) {
                viewer.next();
                assertThat(caller.get("/agent/runs/" + run + "/events").statusCode())
                        .isEqualTo(429);
            }
            caller.delete("/sessions/current");
            await().until(() -> gateway.limiter().slotsHeld() == 0);
        }
    }

    @Test
    void a_call_that_fails_gives_its_slot_back() throws Exception {
        try (TestGateway gateway =
                gateway("reads: 1 at once by address on reads", "chat: 1 at once by address on chat")) {
            TestGateway.Caller caller = gateway.newCaller();
            assertThat(caller.get("/agent/runs/run_00000000000000000000000000").statusCode())
                    .isEqualTo(404);
            assertThat(gateway.get("/sessions/current").statusCode()).isEqualTo(401);
            assertThat(gateway.client()
                            .send(
                                    caller.post("/agent/chat", "{\"message\":\"\"}")
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(400);
            await().until(() -> gateway.limiter().slotsHeld() == 0);
        }
    }

    @Test
    void a_budget_of_tokens_ends_an_answer_in_the_middle_and_keeps_what_came() throws Exception {
        ScriptedAgent agent = ScriptedAgent.following(request -> Script.say("four".repeat(10), "more".repeat(400)));
        try (TestGateway gateway =
                TestGateway.of(agent, limiting("tokens: 30 tokens per 1h by session on chat slice 5"))) {
            TestGateway.Caller caller = gateway.newCaller();
            HttpResponse<String> limited = caller.ask("12345678");
            assertThat(limited.statusCode()).isEqualTo(200);
            assertThat(json(limited).at("/message/outcome").textValue()).isEqualTo("limited");
            assertThat(json(limited).at("/message/text").textValue()).startsWith("four");
            HttpResponse<String> refused = caller.ask("again");
            assertThat(json(refused).get("violated-policies").toString()).isEqualTo("[\"tokens\"]");
        }
    }

    @Test
    void what_an_answer_did_not_use_of_a_budget_is_given_back() throws Exception {
        try (TestGateway gateway = TestGateway.of(
                ScriptedAgent.saying("hello"), limiting("tokens: 100 tokens per 1h by session on chat slice 90"))) {
            TestGateway.Caller caller = gateway.newCaller();
            // The message is 2 tokens and the answer 2.
            assertThat(header(caller.ask("12345678"), "RateLimit")).startsWith("\"tokens\";r=8;");
            HttpResponse<String> second = caller.ask("12345678");
            assertThat(second.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void an_upload_takes_the_bytes_that_came() throws Exception {
        try (TestGateway gateway = gateway("bytes: 1000 bytes per 1h by session on uploads")) {
            TestGateway.Caller caller = gateway.newCaller();
            String form = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
                    + "Content-Type: text/plain\r\n\r\n" + "y".repeat(600) + "\r\n--x--\r\n";
            HttpResponse<String> sent = gateway.send(caller.request("/documents/ingest")
                    .header("Content-Type", "multipart/form-data; boundary=x")
                    .POST(BodyPublishers.ofString(form)));
            assertThat(sent.statusCode()).isEqualTo(202);
            assertThat(header(sent, "RateLimit-Policy")).isEqualTo("\"bytes\";q=1000;w=3600;qu=\"content-bytes\"");
            assertThat(header(sent, "RateLimit")).startsWith("\"bytes\";r=" + (1000 - form.length()) + ";");
            HttpResponse<String> refused = gateway.send(caller.request("/documents/ingest")
                    .header("Content-Type", "multipart/form-data; boundary=x")
                    .POST(BodyPublishers.ofString(form)));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(header(refused, "Retry-After")).isNotEmpty();
        }
    }

    @Test
    void a_call_that_takes_more_than_is_ever_allowed_is_told_so() throws Exception {
        try (TestGateway gateway = gateway("tokens: 10 tokens per 1h by session on chat")) {
            HttpResponse<String> refused = gateway.newCaller().ask("x".repeat(400));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(json(refused).get("detail").textValue())
                    .isEqualTo("This call takes more at once than tokens ever allows.");
            assertThat(header(refused, "Retry-After")).isEmpty();
        }
    }

    @Test
    void while_nobody_else_answers_a_node_counts_for_itself_unless_the_policy_refuses() throws Exception {
        try (TestGateway gateway =
                gateway("all: 5 per 1h by address on all", "chat: 9 per 1h by session on chat failing refuse")) {
            TestGateway.Caller caller = gateway.newCaller();
            gateway.limiter().away(true);
            HttpResponse<String> refused = caller.ask("hi");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(json(refused).get("code").textValue()).isEqualTo("store_unavailable");
            gateway.limiter().away(false);
            assertThat(gateway.core().limits().stats().failures()).isPositive();
        }
    }
}
