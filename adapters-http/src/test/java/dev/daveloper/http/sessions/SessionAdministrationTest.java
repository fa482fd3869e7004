package dev.daveloper.http.sessions;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.sessions.SessionSettings;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.http.EventReader;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.security.AdminKeys;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SessionAdministrationTest {
    private static final String KEY = "adm_0123456789abcdef";
    private static final AdminKeys KEYS = new AdminKeys(Map.of("ops", AdminKeys.hashOf(KEY)));

    @Test
    void an_administrator_revokes_a_session_and_all_that_it_has_open() throws Exception {
        ScriptedAgent agent = ScriptedAgent.following(request -> Script.say("a").thenWaitFor(new CountDownLatch(1)));
        try (TestGateway gateway = TestGateway.of(agent, config -> config.withAdminKeys(KEYS))) {
            TestGateway.Caller caller = gateway.newCaller();
            try (EventReader viewer = caller.stream("hi");
                    EventReader waiting =
                            EventReader.open(gateway.client(), caller.request("/sessions/current/events"))) {
                viewer.next();

                assertThat(gateway.send(admin(gateway, "/sessions/" + caller.sessionId())
                                        .DELETE())
                                .statusCode())
                        .isEqualTo(204);

                viewer.rest();
                waiting.rest();
                assertThat(caller.get("/sessions/current").statusCode()).isEqualTo(401);
                HttpResponse<String> again = gateway.send(
                        admin(gateway, "/sessions/" + caller.sessionId()).DELETE());
                assertThat(again.statusCode()).isEqualTo(404);
                assertThat(json(gateway.send(admin(gateway, "/v1/sessions/stats")))
                                .toString())
                        .isEqualTo("{\"live\":0,\"opened\":1,\"ended\":0,\"expired\":0,\"revoked\":1}");
            }
        }
    }

    @Test
    void a_session_may_neither_count_nor_revoke() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("x"), config -> config.withAdminKeys(KEYS))) {
            TestGateway.Caller caller = gateway.newCaller();
            TestGateway.Caller other = gateway.newCaller();
            assertThat(caller.get("/sessions/stats").statusCode()).isEqualTo(403);
            HttpResponse<String> refused = caller.delete("/sessions/" + other.sessionId());
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(json(refused).get("code").textValue()).isEqualTo("admin_required");
            assertThat(other.get("/sessions/current").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void an_id_that_cannot_be_one_is_as_unknown_as_any() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("x"), config -> config.withAdminKeys(KEYS))) {
            HttpResponse<String> refused =
                    gateway.send(admin(gateway, "/sessions/nonsense").DELETE());
            assertThat(refused.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void from_one_address_as_many_sessions_live_as_may() throws Exception {
        CoreSettings usual = CoreSettings.DEFAULT;
        CoreSettings one = new CoreSettings(
                usual.chat(), new SessionSettings(usual.sessions().policy(), 1), usual.documents(), usual.drainGrace());
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("x"), one)) {
            TestGateway.Caller first = gateway.newCaller();
            HttpResponse<String> refused =
                    gateway.send(gateway.request("/sessions").POST(BodyPublishers.noBody()));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(json(refused).get("code").textValue()).isEqualTo("too_many_sessions");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();

            first.delete("/sessions/current");
            gateway.newCaller();
        }
    }

    private static HttpRequest.Builder admin(TestGateway gateway, String path) {
        return gateway.request(path).header("Authorization", "Bearer " + KEY);
    }
}
