package dev.daveloper.http.webhooks;

import static dev.daveloper.http.TestGateway.json;
import static dev.daveloper.http.webhooks.Administrator.code;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.webhooks.in.Webhooks;
import dev.daveloper.application.webhooks.in.Webhooks.Change;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.http.OtherPorts;
import dev.daveloper.http.TestGateway;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookRoutesTest {
    private final TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"), Administrator::withKey);
    private final Administrator admin = new Administrator(gateway);

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void a_new_one_is_told_with_its_secret_its_place_and_its_tag_and_never_with_values_of_headers() throws Exception {
        HttpResponse<String> created = admin.post("/v1/webhooks", """
                {"url":"https://Example.com","description":"Billing",
                 "eventTypes":["session.opened","chat.run.failed"],
                 "sessionId":"ses_01jc3v5m6x8qf7k2n9r4t0w1ae",
                 "headers":{"X-Tenant":"blue-42","Authorization":"Bearer x"},
                 "perSecond":50,"enabled":false}""");
        assertThat(created.statusCode()).isEqualTo(201);
        JsonNode webhook = json(created);
        String id = webhook.get("id").textValue();
        assertThat(created.headers().firstValue("Location")).hasValue("/v1/webhooks/" + id);
        assertThat(created.headers().firstValue("ETag")).hasValue("\"1\"");
        assertThat(created.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(webhook.get("secret").textValue()).startsWith("whsec_");
        assertThat(webhook.get("url").textValue()).isEqualTo("https://example.com/");
        assertThat(webhook.get("disabledReason").textValue()).isEqualTo("requested");
        assertThat(webhook.get("headers").toString()).isEqualTo("[\"authorization\",\"x-tenant\"]");

        JsonNode found = json(admin.get("/webhooks/" + id));
        assertThat(found.has("secret")).isFalse();
        assertThat(found.get("eventTypes").toString()).isEqualTo("[\"chat.run.failed\",\"session.opened\"]");
        assertThat(found.get("perSecond").intValue()).isEqualTo(50);
        HttpResponse<String> list = admin.get("/webhooks");
        assertThat(json(list).at("/items/0/id").textValue()).isEqualTo(id);
        assertThat(list.body()).doesNotContain("whsec_", "blue-42");
    }

    @Test
    void a_secret_that_is_brought_along_is_taken() throws Exception {
        String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        assertThat(admin.added(",\"secret\":\"" + secret + "\"").get("secret").textValue())
                .isEqualTo(secret);
    }

    @Test
    void who_holds_the_version_that_there_is_is_told_so() throws Exception {
        String path = admin.path();
        assertThat(gateway.send(admin.request(path).header("If-None-Match", "\"1\""))
                        .statusCode())
                .isEqualTo(304);
        assertThat(gateway.send(admin.request(path).header("If-None-Match", "\"2\""))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_change_changes_what_it_names_and_null_takes_it_away() throws Exception {
        JsonNode made = admin.added("""
                ,"description":"a","perSecond":5,"eventTypes":["session.opened"],
                "sessionId":"ses_01jc3v5m6x8qf7k2n9r4t0w1ae","headers":{"a":"1","b":"2"}""");
        String path = "/webhooks/" + made.get("id").textValue();
        JsonNode some = json(admin.patch(path, "{\"headers\":{\"B\":null,\"C\":\"3\"},\"eventTypes\":[]}"));
        assertThat(some.get("headers").toString()).isEqualTo("[\"a\",\"c\"]");
        assertThat(some.get("eventTypes")).isEmpty();
        assertThat(some.has("sessionId")).isTrue();
        assertThat(some.get("description").textValue()).isEqualTo("a");
        assertThat(some.get("version").intValue()).isEqualTo(2);

        JsonNode none = json(admin.patch(
                path,
                "{\"description\":null,\"perSecond\":null,\"eventTypes\":null,\"sessionId\":null,\"headers\":null}"));
        assertThat(none.get("description").textValue()).isEmpty();
        assertThat(none.has("perSecond")).isFalse();
        assertThat(none.has("sessionId")).isFalse();
        assertThat(none.get("headers")).isEmpty();

        JsonNode off = json(admin.patch(path, "{\"enabled\":false,\"url\":\"https://example.org/\",\"perSecond\":7}"));
        assertThat(off.get("enabled").booleanValue()).isFalse();
        assertThat(off.get("url").textValue()).isEqualTo("https://example.org/");
        assertThat(json(admin.patch(path, "{\"enabled\":true}")).has("disabledReason"))
                .isFalse();
    }

    @Test
    void a_change_of_another_version_than_the_one_that_is_named_is_refused() throws Exception {
        String path = admin.path();
        HttpResponse<String> stale =
                gateway.send(admin.request("PATCH", path, "{\"enabled\":false}").header("If-Match", "\"7\""));
        assertThat(code(stale)).isEqualTo("412 precondition_failed");
        assertThat(code(gateway.send(
                        admin.request(path).header("If-Match", "\"7\"").DELETE())))
                .isEqualTo("412 precondition_failed");
        assertThat(code(gateway.send(
                        admin.request("POST", path + "/rotate-secret", "{}").header("If-Match", "W/\"1\""))))
                .isEqualTo("412 precondition_failed");
        assertThat(gateway.send(admin.request("PATCH", path, "{\"enabled\":false}")
                                .header("If-Match", "\"1\""))
                        .headers()
                        .firstValue("ETag"))
                .hasValue("\"2\"");
        assertThat(gateway.send(admin.request(path).header("If-Match", "\"2\"").DELETE())
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void a_change_that_names_no_version_is_tried_again_when_another_overtakes_it() throws Exception {
        AtomicInteger overtaken = new AtomicInteger();
        try (TestGateway busy = TestGateway.of(
                ScriptedAgent.saying("x"),
                Administrator::withKey,
                ports -> OtherPorts.with(ports, ports.webhooks().map(real -> overtaken(real, overtaken))))) {
            Administrator slow = new Administrator(busy);
            String path = slow.path();
            overtaken.set(2);
            assertThat(json(slow.patch(path, "{\"description\":\"x\"}"))
                            .get("version")
                            .intValue())
                    .isEqualTo(4);
            overtaken.set(1);
            assertThat(code(busy.send(slow.request("PATCH", path, "{\"description\":\"y\"}")
                            .header("If-Match", "\"4\""))))
                    .isEqualTo("412 precondition_failed");
            overtaken.set(100);
            assertThat(code(slow.patch(path, "{\"description\":\"z\"}"))).isEqualTo("412 precondition_failed");
        }
    }

    /** The same, with so many changes to come each overtaken by another. */
    private static Webhooks overtaken(Webhooks real, AtomicInteger times) {
        Change nothing = new Change(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return (Webhooks) Proxy.newProxyInstance(
                Webhooks.class.getClassLoader(), new Class<?>[] {Webhooks.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("change") && times.getAndDecrement() > 0) {
                        real.change((EndpointId) arguments[0], Optional.empty(), nothing);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void a_secret_is_replaced_while_the_old_one_signs_and_no_third_is_taken_meanwhile() throws Exception {
        JsonNode first = admin.added("");
        String rotate = "/webhooks/" + first.get("id").textValue() + "/rotate-secret";
        JsonNode second = json(admin.post(rotate));
        assertThat(second.get("secret")).isNotEqualTo(first.get("secret"));
        assertThat(second.has("oldSecretUntil")).isTrue();
        assertThat(code(admin.post(rotate, "{\"overlapSeconds\":60}"))).isEqualTo("409 rotation_under_way");
        JsonNode third = json(
                admin.post(rotate, "{\"overlapSeconds\":0,\"secret\":\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"}"));
        assertThat(third.get("secret").textValue()).isEqualTo("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(third.has("oldSecretUntil")).isFalse();
        HttpResponse<String> wrong = admin.post(rotate, "{\"secret\":\"whsec_tooshort\",\"overlapSeconds\":1}");
        assertThat(TestGateway.pointers(wrong)).containsExactly("#/secret");
        assertThat(wrong.body()).doesNotContain("tooshort");
        assertThat(TestGateway.pointers(admin.post(rotate, "{\"overlapSeconds\":604801,\"more\":1}")))
                .containsExactly("#/more", "#/overlapSeconds");
    }

    @Test
    void one_that_is_removed_is_gone() throws Exception {
        String path = admin.path();
        assertThat(admin.delete(path).statusCode()).isEqualTo(204);
        assertThat(code(admin.delete(path))).isEqualTo("404 not_found");
        assertThat(code(admin.get(path))).isEqualTo("404 not_found");
        assertThat(json(admin.get("/webhooks")).get("items")).isEmpty();
    }

    @Test
    void there_are_no_more_than_may_be() throws Exception {
        try (TestGateway full =
                TestGateway.of(ScriptedAgent.saying("x"), Administrator.few(1, 2), Administrator::withKey)) {
            Administrator greedy = new Administrator(full);
            String first = greedy.path();
            greedy.path();
            assertThat(code(greedy.post("/webhooks", "{\"url\":\"https://example.com\"}")))
                    .isEqualTo("409 too_many_webhooks");
            greedy.delete(first);
            greedy.path();
        }
    }

    @Test
    void all_types_of_events_are_listed() throws Exception {
        JsonNode types = json(admin.get("/webhooks/event-types")).get("items");
        assertThat(types.findValuesAsText("type")).contains("chat.run.completed", "webhook.test");
        assertThat(types.get(0).get("version").intValue()).isEqualTo(1);
        assertThat(types.get(0).get("meaning").textValue()).isNotBlank();
    }

    @Test
    void without_webhooks_there_is_nothing_at_their_addresses() throws Exception {
        try (TestGateway none = TestGateway.of(
                ScriptedAgent.saying("x"), Administrator::withKey, ports -> OtherPorts.with(ports, Optional.empty()))) {
            Administrator lost = new Administrator(none);
            assertThat(code(lost.get("/webhooks"))).isEqualTo("404 route_not_found");
            assertThat(code(lost.get("/webhooks/event-types"))).isEqualTo("404 route_not_found");
            assertThat(code(lost.post("/webhooks", "{}"))).isEqualTo("404 route_not_found");
        }
    }
}
