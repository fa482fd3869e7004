package dev.daveloper.http.webhooks;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryRoutesTest {
    private final TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"), Administrator::withKey);
    private final Administrator admin = new Administrator(gateway);

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void a_test_is_accepted_and_where_it_went_can_be_looked_into() throws Exception {
        String webhook = admin.path();
        HttpResponse<String> accepted = admin.post("/v1" + webhook + "/test");
        assertThat(accepted.statusCode()).isEqualTo(202);
        String place = accepted.headers().firstValue("Location").orElseThrow();
        assertThat(place)
                .isEqualTo("/v1/webhooks/deliveries/" + json(accepted).get("id").textValue());
        assertThat(json(accepted).get("state").textValue()).isEqualTo("waiting");

        JsonNode detail = json(admin.get(place));
        assertThat(detail.at("/delivery/state").textValue()).isEqualTo("dead");
        assertThat(detail.at("/delivery/deadReason").textValue()).isEqualTo("exhausted");
        assertThat(detail.at("/event/payload/type").textValue()).isEqualTo("webhook.test");
        assertThat(admin.get(place).body()).contains("\"ratio\":1.50");
        assertThat(detail.at("/attempts/0").toString())
                .isEqualTo(
                        "{\"number\":1,\"at\":\"2026-01-02T03:04:05Z\",\"millis\":84,\"status\":503,"
                                + "\"verdict\":\"failed\",\"trouble\":\"status\",\"head\":\"try later\",\"retryAfterSeconds\":30}");
    }

    @Test
    void one_is_sent_again_and_so_are_all_that_were_given_up() throws Exception {
        String webhook = admin.path();
        String delivery = json(admin.post(webhook + "/test")).get("id").textValue();
        HttpResponse<String> again = admin.post("/webhooks/deliveries/" + delivery + "/redeliver");
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(json(again).get("id").textValue()).isEqualTo(delivery);
        assertThat(again.headers().firstValue("Location")).hasValue("/webhooks/deliveries/" + delivery);

        HttpResponse<String> all = admin.post(webhook + "/recover", "{\"since\":\"1970-01-01T00:00:00Z\"}");
        assertThat(all.statusCode()).isEqualTo(202);
        assertThat(all.body()).isEqualTo("{\"recovered\":1,\"more\":false}");
        assertThat(admin.post(webhook + "/recover", "{\"since\":\"9999-01-01T00:00:00Z\"}")
                        .body())
                .contains("\"recovered\":0");
    }

    @Test
    void deliveries_are_listed_in_pages_newest_first_and_by_their_state() throws Exception {
        String webhook = admin.path();
        for (int i = 0; i < 3; i++) {
            admin.post(webhook + "/test");
        }
        JsonNode first = json(admin.get(webhook + "/deliveries?limit=2"));
        assertThat(first.get("items")).hasSize(2);
        JsonNode last = json(admin.get(webhook + "/deliveries?limit=2&cursor="
                + first.get("nextCursor").textValue()));
        assertThat(last.get("items")).hasSize(1);
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

        admin.post(webhook + "/test");
        JsonNode stats = json(admin.get(webhook + "/stats?since=2026-01-01T00:00:00Z"));
        assertThat(stats.get("successRatio").doubleValue()).isZero();
        assertThat(stats.get("attempts").toString()).isEqualTo("{\"status\":1}");
        assertThat(stats.at("/latencyMillis/p99").intValue()).isEqualTo(100);
        assertThat(stats.get("backlogAgeSeconds").longValue()).isPositive();
        assertThat(stats.get("failingSince").textValue()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(stats.at("/lastFailure/trouble").textValue()).isEqualTo("status");
    }
}
