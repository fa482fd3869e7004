package dev.daveloper.http.ratelimits;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.UnknownEndpoint;
import dev.daveloper.http.security.AdminKeys;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitRoutesTest {
    private static final String KEY = "adm_0123456789abcdef";
    private final TestGateway gateway = TestGateway.of(
            ScriptedAgent.saying("hello"),
            GateTest.limiting("chat: 5 per 1h by session on chat"),
            LimitRoutesTest::withKey);

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static HttpConfig withKey(HttpConfig config) {
        return config.withAdminKeys(new AdminKeys(Map.of("ops", AdminKeys.hashOf(KEY))));
    }

    private HttpRequest.Builder admin(String path) {
        return gateway.request(path).header("Authorization", "Bearer " + KEY);
    }

    private HttpResponse<String> put(String policy, String sentence) throws Exception {
        return gateway.send(admin("/rate-limits/" + policy)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"policy\":\"" + sentence + "\"}")));
    }

    @Test
    void a_policy_is_changed_switched_off_and_reset_while_it_runs() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        assertThat(caller.ask("hi").statusCode()).isEqualTo(200);

        HttpResponse<String> changed = put("chat", "chat: 1 per 1h by session on chat");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(json(changed).get("changed").booleanValue()).isTrue();
        assertThat(caller.ask("hi").statusCode()).isEqualTo(429);

        assertThat(json(put("chat", "off")).get("policy").isNull()).isTrue();
        assertThat(caller.ask("hi").headers().firstValue("RateLimit")).isEmpty();

        assertThat(gateway.send(admin("/rate-limits/chat").DELETE()).statusCode())
                .isEqualTo(204);
        JsonNode policy = json(gateway.send(admin("/v1/rate-limits/chat")));
        assertThat(policy.get("policy").textValue()).isEqualTo("chat: 5 requests per 1h by session on chat");
        assertThat(policy.get("changed").booleanValue()).isFalse();
    }

    @Test
    void a_new_policy_holds_at_once_and_is_gone_when_it_is_reset() throws Exception {
        assertThat(put("tools", "tools: 1 per 1h by address on GET /agent/tools")
                        .statusCode())
                .isEqualTo(200);
        gateway.get("/agent/tools");
        assertThat(gateway.get("/agent/tools").statusCode()).isEqualTo(429);
        assertThat(json(gateway.send(admin("/rate-limits"))).get("items")).hasSize(2);
        gateway.send(admin("/rate-limits/tools").DELETE());
        assertThat(gateway.get("/agent/tools").statusCode()).isEqualTo(200);
        assertThat(gateway.send(admin("/rate-limits/tools")).statusCode()).isEqualTo(404);
    }

    @Test
    void what_cannot_be_meant_is_refused_and_changes_nothing() throws Exception {
        for (String wrong : new String[] {
            "chat: many per 1h by session on chat",
            "other: 1 per 1h by session on chat",
            "chat: 1 per 1h by session on GET /nowhere",
            "chat: 1 per 1h by session on nothing",
            "chat:"
        }) {
            HttpResponse<String> refused = put("chat", wrong);
            assertThat(refused.statusCode()).as(wrong).isEqualTo(400);
            assertThat(TestGateway.pointers(refused)).containsExactly("#/policy");
        }
        assertThat(put("nothing", "off").statusCode()).isEqualTo(404);
        assertThat(put("CHAT", "off").statusCode()).isEqualTo(404);
        assertThat(gateway.send(admin("/rate-limits/nothing").DELETE()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void what_was_admitted_and_refused_is_counted_and_who_asks_most_is_hashed() throws Exception {
        put("chat", "chat: 2 per 1h by session on chat");
        TestGateway.Caller caller = gateway.newCaller();
        for (int i = 0; i < 3; i++) {
            caller.ask("hi");
        }
        HttpResponse<String> answered = gateway.send(admin("/rate-limits/stats"));
        JsonNode stats = json(answered);
        assertThat(stats.at("/policies/0").toString())
                .isEqualTo("{\"policy\":\"chat\",\"admitted\":2,\"refused\":1,\"shadowRefused\":0,\"near\":1}");
        assertThat(stats.at("/heaviest/0/asked").longValue()).isEqualTo(3);
        assertThat(stats.at("/heaviest/0/refused").longValue()).isEqualTo(1);
        assertThat(answered.body()).doesNotContain(caller.sessionId());
    }

    @Test
    void they_are_for_administrators() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        assertThat(caller.get("/rate-limits").statusCode()).isEqualTo(403);
        assertThat(caller.get("/rate-limits/stats").statusCode()).isEqualTo(403);
        assertThat(caller.get("/rate-limits/chat").statusCode()).isEqualTo(403);
        assertThat(caller.delete("/rate-limits/chat").statusCode()).isEqualTo(403);
        assertThat(gateway.send(caller.request("/rate-limits/chat")
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString("{\"policy\":\"off\"}")))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_configured_policy_about_an_endpoint_that_there_is_not_stops_the_start() {
        assertThatThrownBy(() -> TestGateway.of(
                        ScriptedAgent.saying("x"), GateTest.limiting("lost: 1 per 1h by address on GET /nowhere")))
                .isInstanceOf(UnknownEndpoint.class)
                .hasMessage("The policy lost is about GET /nowhere, which there is not.");
    }
}
