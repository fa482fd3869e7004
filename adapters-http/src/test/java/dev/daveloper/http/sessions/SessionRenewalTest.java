package dev.daveloper.http.sessions;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.http.EventReader;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SessionRenewalTest {
    @Test
    void a_renewed_session_is_proved_by_its_new_token_alone() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"))) {
            TestGateway.Caller caller = gateway.newCaller();
            caller.ask("before");

            HttpResponse<String> renewed = gateway.send(caller.post("/sessions/current/renew", ""));

            assertThat(renewed.statusCode()).isEqualTo(200);
            JsonNode session = json(renewed);
            assertThat(session.get("sessionId").textValue()).isEqualTo(caller.sessionId());
            assertThat(session.get("token").textValue()).isNotEqualTo(caller.token());
            assertThat(renewed.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(renewed.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(caller.get("/sessions/current").statusCode()).isEqualTo(401);
            HttpResponse<String> history = gateway.send(gateway.request("/agent/chat/history/" + caller.sessionId())
                    .header("Authorization", "Bearer " + session.get("token").textValue()));
            assertThat(json(history).get("items")).hasSize(2);
        }
    }

    @Test
    void a_browser_gets_a_new_cookie() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"))) {
            TestGateway.Caller caller = gateway.newCaller();

            HttpResponse<String> renewed = gateway.send(renewal(gateway).header("Cookie", caller.cookie()));

            String token = json(renewed).get("token").textValue();
            assertThat(renewed.headers().firstValue("Set-Cookie").orElseThrow())
                    .startsWith("daveloper_session=" + token + ";");
            assertThat(gateway.send(renewal(gateway).header("Cookie", caller.cookie()))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void whoever_proves_nothing_renews_nothing() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"))) {
            HttpResponse<String> refused = gateway.send(renewal(gateway));
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(json(refused).get("code").textValue()).isEqualTo("session_required");
        }
    }

    @Test
    void streams_that_the_old_token_opened_end_and_the_answer_goes_on() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        ScriptedAgent agent = ScriptedAgent.following(
                request -> Script.say("a").thenWaitFor(rest).thenSay("b"));
        try (TestGateway gateway = TestGateway.of(agent)) {
            TestGateway.Caller caller = gateway.newCaller();
            try (EventReader viewer = caller.stream("hi")) {
                String run = viewer.next().data().get("runId").textValue();
                String token = json(gateway.send(caller.post("/sessions/current/renew", "")))
                        .get("token")
                        .textValue();
                assertThat(viewer.rest()).noneMatch(event -> event.type().equals("run.finished"));
                rest.countDown();
                HttpRequest.Builder resumed =
                        gateway.request("/agent/runs/" + run + "/events").header("Authorization", "Bearer " + token);
                try (EventReader again = EventReader.open(gateway.client(), resumed)) {
                    assertThat(EventReader.textOf(again.rest())).isEqualTo("ab");
                }
            }
        }
    }

    private static HttpRequest.Builder renewal(TestGateway gateway) {
        return gateway.request("/v1/sessions/current/renew").POST(BodyPublishers.noBody());
    }
}
