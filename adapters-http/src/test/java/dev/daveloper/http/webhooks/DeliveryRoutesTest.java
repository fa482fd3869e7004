package dev.daveloper.http.webhooks;

import static dev.daveloper.http.TestGateway.json;
import static dev.daveloper.http.webhooks.Administrator.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.webhooks.out.WebhookSender.Outbound;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryRoutesTest {
    private final TestGateway gateway =
            TestGateway.of(ScriptedAgent.saying("hello"), Administrator.few(1, 100), Administrator::withKey);
    private final Administrator admin = new Administrator(gateway);

    @AfterEach
    void stop() {
        gateway.close();
    }

    private JsonNode awaited(String delivery, String state) {
        return await().until(
                        () -> json(admin.get("/webhooks/deliveries/" + delivery)),
                        detail -> detail.at("/delivery/state").asText().equals(state));
    }

    /** The id of a delivery that nobody took. */
    private String dead(String webhook) throws Exception {
        gateway.receiver().answer(503);
        String delivery = json(admin.post(webhook + "/test")).get("id").textValue();
        awaited(delivery, "dead");
        return delivery;
    }

    @Test
    void a_test_is_accepted_and_what_came_of_it_can_be_looked_into() throws Exception {
        String webhook = admin.path();
        HttpResponse<String> accepted = admin.post("/v1" + webhook + "/test");
        assertThat(accepted.statusCode()).isEqualTo(202);
        String delivery = json(accepted).get("id").textValue();
        assertThat(accepted.headers().firstValue("Location")).hasValue("/v1/webhooks/deliveries/" + delivery);
        JsonNode detail = awaited(delivery, "delivered");
        assertThat(detail.at("/delivery/endedAt").isMissingNode()).isFalse();
        assertThat(detail.at("/event/payload/type").textValue()).isEqualTo("webhook.test");
        assertThat(admin.get("/webhooks/deliveries/" + delivery).body()).contains("\"ratio\":1.50");
        assertThat(detail.at("/attempts/0/status").intValue()).isEqualTo(200);
        assertThat(detail.at("/attempts/0/trouble").textValue()).isEqualTo("none");
    }

    @Test
    void an_attempt_that_failed_is_told_with_what_the_receiver_said() throws Exception {
        JsonNode detail = json(admin.get("/webhooks/deliveries/" + dead(admin.path())));
        JsonNode attempt = detail.at("/attempts/0");
        assertThat(attempt.get("verdict").textValue()).isEqualTo("failed");
        assertThat(attempt.get("millis").intValue()).isEqualTo(84);
        assertThat(attempt.get("head").textValue()).isEqualTo("try later");
        assertThat(attempt.get("retryAfterSeconds").intValue()).isEqualTo(30);
        assertThat(detail.at("/delivery/deadReason").textValue()).isEqualTo("exhausted");
        assertThat(detail.at("/delivery/lastAttempt")).isEqualTo(attempt);
    }

    @Test
    void one_is_sent_again_with_the_id_that_it_had() throws Exception {
        String delivery = dead(admin.path());
        gateway.receiver().answer(204);
        HttpResponse<String> again = admin.post("/webhooks/deliveries/" + delivery + "/redeliver");
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.headers().firstValue("Location")).hasValue("/webhooks/deliveries/" + delivery);
        assertThat(awaited(delivery, "delivered").get("attempts")).hasSize(2);
        List<Outbound> sent = gateway.receiver().sent();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1).headers().get("webhook-id"))
                .isEqualTo(sent.get(0).headers().get("webhook-id"));
    }

    @Test
    void all_that_were_given_up_are_sent_again() throws Exception {
        String webhook = admin.path();
        String one = dead(webhook);
        String other = dead(webhook);
        gateway.receiver().answer(200);
        assertThat(admin.post(webhook + "/recover", "{\"since\":\"9999-01-01T00:00:00Z\"}")
                        .body())
                .isEqualTo("{\"recovered\":0,\"more\":false}");
        HttpResponse<String> all = admin.post(webhook + "/recover", "{\"since\":\"1970-01-01T00:00:00Z\"}");
        assertThat(all.statusCode()).isEqualTo(202);
        assertThat(all.body()).isEqualTo("{\"recovered\":2,\"more\":false}");
        awaited(one, "delivered");
        awaited(other, "delivered");
    }

    @Test
    void what_happens_is_told_to_whom_it_was_promised() throws Exception {
        String id =
                admin.added(",\"eventTypes\":[\"session.opened\"]").get("id").textValue();
        String session = gateway.newCaller().sessionId();
        String path = "/webhooks/" + id + "/deliveries?state=delivered";
        JsonNode page = await().until(
                        () -> json(admin.get(path)),
                        found -> !found.get("items").isEmpty());
        assertThat(page.at("/items/0/eventType").textValue()).isEqualTo("session.opened");
        assertThat(page.at("/items/0/sessionId").textValue()).isEqualTo(session);
        assertThat(page.at("/items/0/webhookId").textValue()).isEqualTo(id);
    }

    @Test
    void a_receiver_that_is_gone_is_disabled_and_says_why() throws Exception {
        String webhook = admin.path();
        gateway.receiver().answer(410);
        String delivery = json(admin.post(webhook + "/test")).get("id").textValue();
        assertThat(awaited(delivery, "dead").at("/delivery/deadReason").textValue())
                .isEqualTo("gone");
        JsonNode disabled = await().until(
                        () -> json(admin.get(webhook)),
                        found -> !found.get("enabled").booleanValue());
        assertThat(disabled.get("disabledReason").textValue()).isEqualTo("gone");
    }

    @Test
    void deliveries_are_listed_in_pages_newest_first_and_by_their_state() throws Exception {
        String webhook = admin.path();
        String oldest = dead(webhook);
        dead(webhook);
        String newest = dead(webhook);
        JsonNode first = json(admin.get(webhook + "/deliveries?limit=2"));
        assertThat(first.get("items")).hasSize(2);
        assertThat(first.at("/items/0/id").textValue()).isEqualTo(newest);
        JsonNode last = json(admin.get(webhook + "/deliveries?limit=2&cursor="
                + first.get("nextCursor").textValue()));
        assertThat(last.get("items").findValuesAsText("id")).containsExactly(oldest);
        assertThat(last.get("nextCursor").isNull()).isTrue();
        assertThat(json(admin.get(webhook + "/deliveries?state=dead")).get("items"))
                .hasSize(3);
        assertThat(json(admin.get(webhook + "/deliveries?state=waiting")).get("items"))
                .isEmpty();
        assertThat(json(admin.get(webhook + "/deliveries?state=")).get("items")).hasSize(3);
    }

    @Test
    void how_it_went_is_counted() throws Exception {
        String webhook = admin.path();
        JsonNode nothing = json(admin.get(webhook + "/stats"));
        assertThat(nothing.has("successRatio")).isFalse();
        assertThat(nothing.has("latencyMillis")).isFalse();
        assertThat(nothing.get("attempted").intValue()).isZero();

        dead(webhook);
        JsonNode stats = json(admin.get(webhook + "/stats?since=2026-01-01T00:00:00Z"));
        assertThat(stats.get("successRatio").doubleValue()).isZero();
        assertThat(stats.get("attempts").toString()).isEqualTo("{\"status\":1}");
        assertThat(stats.get("dead").intValue()).isEqualTo(1);
        assertThat(stats.at("/latencyMillis/p99").intValue()).isEqualTo(100);
        assertThat(stats.get("failuresInRow").intValue()).isEqualTo(1);
        assertThat(stats.has("failingSince")).isTrue();
        assertThat(stats.at("/lastFailure/trouble").textValue()).isEqualTo("status");
    }

    @Test
    void what_waits_for_one_that_is_removed_is_gone_as_well() throws Exception {
        String webhook = admin.path();
        String delivery = dead(webhook);
        admin.delete(webhook);
        assertThat(code(admin.get("/webhooks/deliveries/" + delivery))).isEqualTo("404 not_found");
        assertThat(code(admin.get(webhook + "/deliveries"))).isEqualTo("404 not_found");
    }
}
