package dev.daveloper.http.chat;

import static dev.daveloper.http.TestGateway.json;
import static dev.daveloper.http.TestGateway.pointers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.chat.ChatSettings;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Usage;
import dev.daveloper.domain.failures.AgentFailed;
import dev.daveloper.domain.failures.AgentTimeout;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ChatRoutesTest {
    @Test
    void a_message_gets_its_whole_answer_as_json() throws Exception {
        ScriptedAgent agent = ScriptedAgent.following(
                request -> Script.say("Hel", "lo").then(new AgentEvent.UsageReported(new Usage(3, 2))));
        try (TestGateway gateway = TestGateway.of(agent)) {
            TestGateway.Caller caller = gateway.newCaller();
            HttpResponse<String> response = caller.ask("hi");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
            JsonNode body = json(response);
            assertThat(body.get("runId").textValue())
                    .isEqualTo(response.headers().firstValue("X-Run-Id").orElseThrow());
            assertThat(body.get("sessionId").textValue()).isEqualTo(caller.sessionId());
            assertThat(body.at("/message/text").textValue()).isEqualTo("Hello");
            assertThat(body.at("/message/outcome").textValue()).isEqualTo("completed");
            assertThat(body.at("/usage/outputTokens").intValue()).isEqualTo(2);
        }
    }

    @Test
    void a_visitor_without_a_session_is_given_one() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"))) {
            HttpResponse<String> response = gateway.send(gateway.post("/agent/chat", "{\"message\":\"hi\"}"));
            String cookie = response.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie)
                    .startsWith("daveloper_session=")
                    .contains("HttpOnly", "SameSite=Lax", "Path=/")
                    .doesNotContain("Secure");

            HttpResponse<String> again = gateway.send(gateway.post("/v1/agent/chat", "{\"message\":\"hi\"}")
                    .header("Cookie", cookie.substring(0, cookie.indexOf(';'))));
            assertThat(again.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(json(again).get("sessionId")).isEqualTo(json(response).get("sessionId"));
        }
    }

    @Test
    void an_ended_cookie_is_replaced_and_an_ended_token_refused() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"))) {
            TestGateway.Caller caller = gateway.newCaller();
            caller.delete("/sessions/current");

            HttpResponse<String> byCookie = gateway.send(
                    gateway.post("/agent/chat", "{\"message\":\"hi\"}").header("Cookie", caller.cookie()));
            assertThat(byCookie.statusCode()).isEqualTo(200);
            assertThat(byCookie.headers().firstValue("Set-Cookie")).isPresent();

            HttpResponse<String> byToken = caller.ask("hi");
            assertThat(byToken.statusCode()).isEqualTo(401);
            assertThat(json(byToken).get("code").textValue()).isEqualTo("session_required");
            assertThat(byToken.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        }
    }

    @Test
    void everything_wrong_with_a_request_is_named_at_once() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"))) {
            HttpResponse<String> response = gateway.send(gateway.post(
                    "/agent/chat",
                    "{\"message\":\" \",\"maxTokens\":0,\"onBusy\":\"wait\",\"useTools\":\"yes\",\"colour\":1}"));
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(json(response).get("code").textValue()).isEqualTo("invalid_request");
            assertThat(pointers(response))
                    .containsExactlyInAnyOrder("#/message", "#/maxTokens", "#/onBusy", "#/useTools", "#/colour");
            assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void text_is_kept_verbatim() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.following(request -> Script.say(request.message())))) {
            String message = "wait... what? <b>';DROP TABLE x;--</b> \\u0000? \ud83d\ude00 \u202e";
            String body = TestGateway.JSON.writeValueAsString(java.util.Map.of("message", message));
            HttpResponse<String> response = gateway.send(gateway.post("/agent/chat", body));
            assertThat(json(response).at("/message/text").textValue()).isEqualTo(message);
        }
    }

    @Test
    void a_message_that_is_no_text_is_refused() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"))) {
            for (String message : new String[] {"a\\u0000b", "a\\ud800b", ""}) {
                HttpResponse<String> response =
                        gateway.send(gateway.post("/agent/chat", "{\"message\":\"" + message + "\"}"));
                assertThat(response.statusCode()).isEqualTo(400);
                assertThat(pointers(response)).containsExactly("#/message");
            }
        }
    }

    @Test
    void an_agent_that_is_away_is_told_with_a_time_to_come_back() throws Exception {
        ScriptedAgent agent = ScriptedAgent.saying("hello");
        agent.goAway(Duration.ofMillis(2_500));
        try (TestGateway gateway = TestGateway.of(agent)) {
            HttpResponse<String> response = gateway.newCaller().ask("hi");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(json(response).get("code").textValue()).isEqualTo("agent_unavailable");
            assertThat(response.headers().firstValue("Retry-After")).hasValue("3");
        }
    }

    @Test
    void a_run_that_fails_is_a_problem_that_names_it_and_its_text_is_kept() throws Exception {
        ScriptedAgent agent = ScriptedAgent.following(request -> Script.say("so far")
                .thenFail(request.message().equals("slow") ? new AgentTimeout() : new AgentFailed()));
        try (TestGateway gateway = TestGateway.of(agent)) {
            TestGateway.Caller caller = gateway.newCaller();
            HttpResponse<String> failed = caller.ask("hi");
            assertThat(failed.statusCode()).isEqualTo(502);
            assertThat(json(failed).get("code").textValue()).isEqualTo("agent_failed");
            assertThat(json(failed).get("type").textValue()).isEqualTo("/errors/agent_failed");
            assertThat(json(failed).get("runId").textValue())
                    .isEqualTo(failed.headers().firstValue("X-Run-Id").orElseThrow());

            assertThat(caller.ask("slow").statusCode()).isEqualTo(504);
            JsonNode history = json(caller.get("/agent/chat/history/" + caller.sessionId()));
            assertThat(history.at("/items/1/text").textValue()).isEqualTo("so far");
            assertThat(history.at("/items/1/error/code").textValue()).isEqualTo("agent_failed");
        }
    }

    @Test
    void a_silent_agent_is_ended_by_the_deadline() throws Exception {
        ScriptedAgent agent = ScriptedAgent.following(request -> Script.say("a").thenWaitFor(new CountDownLatch(1)));
        ChatSettings.Times usual = ChatSettings.Times.DEFAULT;
        ChatSettings.Times impatient = new ChatSettings.Times(
                usual.detachGrace(),
                usual.runTimeout(),
                Duration.ofMillis(300),
                usual.lease(),
                usual.logRetention(),
                usual.keyRetention());
        CoreSettings settings = new CoreSettings(
                ChatSettings.DEFAULT.with(impatient),
                CoreSettings.DEFAULT.sessions(),
                CoreSettings.DEFAULT.documents(),
                Duration.ofSeconds(1));
        try (TestGateway gateway = TestGateway.of(agent, settings)) {
            assertThat(gateway.newCaller().ask("hi").statusCode()).isEqualTo(504);
        }
    }

    @Test
    void a_second_message_is_refused_with_the_run_in_its_way_or_interrupts_it() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedAgent agent = ScriptedAgent.following(request ->
                request.message().equals("long") ? Script.say("part").thenWaitFor(gate) : Script.say("done"));
        try (TestGateway gateway = TestGateway.of(agent)) {
            TestGateway.Caller caller = gateway.newCaller();
            String run = caller.startRun("long");

            HttpResponse<String> refused = caller.ask("again");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(json(refused).get("code").textValue()).isEqualTo("run_in_progress");
            assertThat(json(refused).get("runId").textValue()).isEqualTo(run);

            HttpResponse<String> taken =
                    gateway.send(caller.post("/agent/chat", "{\"message\":\"again\",\"onBusy\":\"interrupt\"}"));
            assertThat(taken.statusCode()).isEqualTo(200);
            JsonNode first = json(caller.get("/agent/runs/" + run));
            assertThat(first.at("/message/outcome").textValue()).isEqualTo("cancelled");
            assertThat(first.at("/message/text").textValue()).isEqualTo("part");
        }
    }

    @Test
    void the_same_key_asks_the_agent_once() throws Exception {
        ScriptedAgent agent = ScriptedAgent.saying("hello");
        try (TestGateway gateway = TestGateway.of(agent)) {
            TestGateway.Caller caller = gateway.newCaller();
            HttpResponse<String> first = gateway.send(
                    caller.post("/agent/chat", "{\"message\":\"hi\"}").header("Idempotency-Key", "\"key-1\""));
            HttpResponse<String> bare = gateway.send(
                    caller.post("/agent/chat", "{\"message\":\"hi\"}").header("Idempotency-Key", "key-1"));
            HttpResponse<String> inBody =
                    gateway.send(caller.post("/agent/chat", "{\"message\":\"hi\",\"clientMessageId\":\"key-1\"}"));
            assertThat(json(bare)).isEqualTo(json(first));
            assertThat(json(inBody)).isEqualTo(json(first));
            assertThat(agent.requests()).hasSize(1);

            HttpResponse<String> other = gateway.send(
                    caller.post("/agent/chat", "{\"message\":\"bye\"}").header("Idempotency-Key", "key-1"));
            assertThat(other.statusCode()).isEqualTo(422);
            HttpResponse<String> torn =
                    gateway.send(caller.post("/agent/chat", "{\"message\":\"hi\",\"clientMessageId\":\"key-2\"}")
                            .header("Idempotency-Key", "\"key-1\""));
            assertThat(torn.statusCode()).isEqualTo(400);
            HttpResponse<String> broken = gateway.send(
                    caller.post("/agent/chat", "{\"message\":\"hi\"}").header("Idempotency-Key", "\"key-1"));
            assertThat(broken.statusCode()).isEqualTo(400);
        }
    }

    @Test
    void whoever_prefers_not_to_wait_gets_an_address() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedAgent agent = ScriptedAgent.following(
                request -> Script.say("a").thenWaitFor(gate).thenSay("b"));
        try (TestGateway gateway = TestGateway.of(agent)) {
            TestGateway.Caller caller = gateway.newCaller();
            HttpResponse<String> response = gateway.send(
                    caller.post("/v1/agent/chat", "{\"message\":\"hi\"}").header("Prefer", "wait=5, respond-async"));
            assertThat(response.statusCode()).isEqualTo(202);
            assertThat(response.headers().firstValue("Preference-Applied")).hasValue("respond-async");
            String location = response.headers().firstValue("Location").orElseThrow();
            assertThat(location).startsWith("/v1/agent/runs/run_");
            assertThat(json(caller.get(location)).get("status").textValue()).isEqualTo("running");
            assertThat(json(caller.get(location)).get("message").isNull()).isTrue();
            assertThat(agent.requests().getFirst().run().background()).isTrue();
            gate.countDown();
            assertThat(gateway.core()
                            .chat()
                            .await(
                                    agent.requests().getFirst().run().sessionId(),
                                    agent.requests().getFirst().run().id(),
                                    Duration.ofSeconds(10)))
                    .isPresent();
            assertThat(json(caller.get(location)).at("/message/text").textValue())
                    .isEqualTo("ab");
        }
    }

    @Test
    void a_form_that_cannot_be_given_starts_no_run() throws Exception {
        ScriptedAgent agent = ScriptedAgent.saying("hello");
        try (TestGateway gateway = TestGateway.of(agent)) {
            HttpResponse<String> response = gateway.send(
                    gateway.post("/agent/chat", "{\"message\":\"hi\"}").header("Accept", "text/html"));
            assertThat(response.statusCode()).isEqualTo(406);
            assertThat(json(response).get("code").textValue()).isEqualTo("not_acceptable");
            assertThat(agent.requests()).isEmpty();
        }
    }

    @Test
    void an_answer_that_takes_too_long_to_wait_for_is_left_at_its_address() throws Exception {
        ScriptedAgent agent = ScriptedAgent.following(request -> Script.say("a").thenWaitFor(new CountDownLatch(1)));
        try (TestGateway gateway =
                TestGateway.of(agent, config -> config.withTimes(Fixtures.answerWait(Duration.ofMillis(200))))) {
            HttpResponse<String> response = gateway.newCaller().ask("hi");
            assertThat(response.statusCode()).isEqualTo(202);
            assertThat(response.headers().firstValue("Location").orElseThrow()).startsWith("/agent/runs/run_");
        }
    }
}
