package dev.daveloper.http.sessions;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SessionRoutesTest {
    @Test
    void a_session_is_opened_shown_and_ended() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"))) {
            HttpResponse<String> opened =
                    gateway.send(gateway.request("/v1/sessions").POST(BodyPublishers.noBody()));
            assertThat(opened.statusCode()).isEqualTo(201);
            assertThat(opened.headers().firstValue("Cache-Control")).hasValue("no-store");
            JsonNode session = json(opened);
            assertThat(session.get("sessionId").textValue()).startsWith("ses_");
            assertThat(session.get("token").textValue()).hasSize(43);
            Instant createdAt = Instant.parse(session.get("createdAt").textValue());
            assertThat(session.get("expiresAt").textValue())
                    .isEqualTo(createdAt.plus(Duration.ofHours(24)).toString());
            assertThat(session.get("latestExpiresAt").textValue())
                    .isEqualTo(createdAt.plus(Duration.ofDays(30)).toString());
            String cookie = opened.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie)
                    .isEqualTo("daveloper_session=" + session.get("token").textValue()
                            + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000");

            String sent = cookie.substring(0, cookie.indexOf(';'));
            HttpResponse<String> current =
                    gateway.send(gateway.request("/sessions/current").header("Cookie", sent));
            assertThat(json(current).get("sessionId")).isEqualTo(session.get("sessionId"));
            assertThat(json(current).get("activeRunId").isNull()).isTrue();
            for (String time : List.of("createdAt", "expiresAt", "latestExpiresAt")) {
                assertThat(json(current).get(time)).isEqualTo(session.get(time));
            }
            assertThat(json(current).get("lastSeenAt")).isEqualTo(session.get("createdAt"));

            HttpResponse<String> ended = gateway.send(
                    gateway.request("/sessions/current").header("Cookie", sent).DELETE());
            assertThat(ended.statusCode()).isEqualTo(204);
            assertThat(ended.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
            assertThat(gateway.send(gateway.request("/sessions/current").header("Cookie", sent))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void without_a_session_there_is_none_to_show() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"))) {
            for (String authorization : new String[] {"Bearer nonsense", "bearer " + "A".repeat(43), "Basic x"}) {
                HttpResponse<String> response =
                        gateway.send(gateway.request("/sessions/current").header("Authorization", authorization));
                assertThat(response.statusCode()).isEqualTo(401);
                assertThat(json(response).get("code").textValue()).isEqualTo("session_required");
            }
            assertThat(gateway.send(gateway.request("/sessions/current").header("Cookie", "daveloper_session=%%%"))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void the_run_in_the_making_is_named() throws Exception {
        ScriptedAgent agent = ScriptedAgent.following(request -> Script.say("a").thenWaitFor(new CountDownLatch(1)));
        try (TestGateway gateway = TestGateway.of(agent)) {
            TestGateway.Caller caller = gateway.newCaller();
            String run = caller.startRun("hi");
            assertThat(json(caller.get("/sessions/current")).get("activeRunId").textValue())
                    .isEqualTo(run);
        }
    }
}
