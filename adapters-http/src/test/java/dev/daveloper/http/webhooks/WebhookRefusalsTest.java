package dev.daveloper.http.webhooks;

import static dev.daveloper.http.webhooks.Administrator.URL;
import static dev.daveloper.http.webhooks.Administrator.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookRefusalsTest {
    private static final String EP = "/webhooks/ep_01jc3v5m6x8qf7k2n9r4t0w1am";
    private static final String DLV = "/webhooks/deliveries/dlv_01jc3v5m6x8qf7k2n9r4t0w1an";

    private static TestGateway gateway;
    private static Administrator admin;

    @BeforeAll
    static void start() {
        gateway = TestGateway.of(ScriptedAgent.saying("hello"), Administrator::withKey);
        admin = new Administrator(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** Every route, with a body that it takes. */
    static Stream<String> routes() {
        return Stream.of(
                "GET /webhooks",
                "POST /webhooks {\"url\":\"https://example.com\"}",
                "GET /webhooks/event-types",
                "GET " + EP,
                "PATCH " + EP + " {}",
                "DELETE " + EP,
                "POST " + EP + "/rotate-secret {}",
                "POST " + EP + "/test",
                "POST " + EP + "/recover {\"since\":\"1970-01-01T00:00:00Z\"}",
                "GET " + EP + "/deliveries",
                "GET " + EP + "/stats",
                "GET " + DLV,
                "POST " + DLV + "/redeliver");
    }

    private static HttpResponse<String> ask(String route, String key) throws Exception {
        String[] parts = route.split(" ", 3);
        var request = gateway.request(parts[1]);
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        if (parts.length > 2) {
            request.header("Content-Type", "application/json");
        }
        return gateway.send(request.method(
                parts[0], parts.length > 2 ? BodyPublishers.ofString(parts[2]) : BodyPublishers.noBody()));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void none_is_for_anybody_but_administrators(String route) throws Exception {
        String session = gateway.newCaller().token();
        for (String key : new String[] {"", "adm_wrong", session}) {
            assertThat(code(ask(route, key))).as(key).isEqualTo("403 admin_required");
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void a_foreign_page_changes_nothing(String route) throws Exception {
        String[] parts = route.split(" ", 3);
        if (parts[0].equals("GET")) {
            return;
        }
        HttpResponse<String> refused = gateway.send(admin.request(parts[1])
                .header("Origin", "https://evil.example")
                .method(parts[0], BodyPublishers.noBody()));
        assertThat(code(refused)).isEqualTo("403 cross_site_refused");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void what_there_is_not_is_not_found(String route) throws Exception {
        if (route.contains("_01jc")) {
            assertThat(code(ask(route, Administrator.KEY))).isEqualTo("404 not_found");
            String odd = route.replaceAll("(ep|dlv)_\\w+", "nothing");
            assertThat(code(ask(odd, Administrator.KEY))).as(odd).isEqualTo("404 not_found");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "example.com",
                "//example.com/",
                "ftp://example.com/",
                "javascript:alert(1)",
                "http://example.com/",
                "https://",
                "https:///hooks",
                "https://user@example.com/",
                "https://user:pass@example.com/",
                "https://example.com/#here",
                "https://example.com:22/",
                "https://exa mple.com/",
                "https://127.0.0.1/",
                "https://127.1/",
                "https://0x7f000001/",
                "https://2130706433/",
                "https://017700000001/",
                "https://10.0.0.1/",
                "https://169.254.169.254/latest/meta-data",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[fe80::1%25eth0]/",
                "https://[64:ff9b::7f00:1]/"
            })
    void a_url_that_nobody_is_sent_to_is_refused_where_it_is_given(String url) throws Exception {
        HttpResponse<String> created = admin.post("/webhooks", "{\"url\":\"" + url + "\"}");
        assertThat(created.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(created)).containsExactly("#/url");
        HttpResponse<String> changed = admin.patch(existing(), "{\"url\":\"" + url + "\"}");
        assertThat(changed.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(changed)).containsExactly("#/url");
    }

    @Test
    void a_url_that_is_too_long_is_refused() throws Exception {
        assertThat(TestGateway.pointers(admin.post("/webhooks", "{\"url\":\"" + URL + "x".repeat(2_000) + "\"}")))
                .containsExactly("#/url");
    }

    /** One that no test removes. */
    private static String existing() throws Exception {
        String list = admin.get("/webhooks").body();
        int at = list.indexOf("ep_");
        return at < 0 ? admin.path() : "/webhooks/" + list.substring(at, at + 29);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"url\":\"https://example.com\",\"more\":1                            ; #/more",
                "\"url\":7                                                             ; #/url",
                "\"url\":null                                                          ; #/url",
                "\"description\":\"a\\u0000b\"                                         ; #/description",
                "\"eventTypes\":[\"session.opened\",\"nothing\"]                       ; #/eventTypes/1",
                "\"eventTypes\":[null]                                                 ; #/eventTypes/0",
                "\"eventTypes\":\"session.opened\"                                     ; #/eventTypes",
                "\"sessionId\":\"ses_x\"                                               ; #/sessionId",
                "\"headers\":[]                                                        ; #/headers",
                "\"headers\":{\"a\":1}                                                 ; #/headers",
                "\"headers\":{\"Content-Type\":\"x\"}                                  ; #/headers",
                "\"headers\":{\"webhook-id\":\"x\"}                                    ; #/headers",
                "\"headers\":{\"Host\":\"x\"}                                          ; #/headers",
                "\"headers\":{\"a b\":\"x\"}                                           ; #/headers",
                "\"headers\":{\"a\":\"x\\r\\ny: z\"}                                   ; #/headers",
                "\"headers\":{\"a\":\"x\",\"A\":\"y\"}                                 ; #/headers",
                "\"perSecond\":0                                                       ; #/perSecond",
                "\"perSecond\":10001                                                   ; #/perSecond",
                "\"perSecond\":1.5                                                     ; #/perSecond",
                "\"enabled\":\"yes\"                                                   ; #/enabled"
            })
    void what_cannot_be_meant_is_refused_by_its_name(String members, String pointer) throws Exception {
        boolean whole = members.contains("\"url\"");
        HttpResponse<String> created =
                admin.post("/webhooks", "{" + (whole ? "" : "\"url\":\"" + URL + "\",") + members + "}");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(400);
        assertThat(TestGateway.pointers(created)).containsExactly(pointer);
        HttpResponse<String> changed = admin.patch(existing(), "{" + members + "}");
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(400);
        assertThat(TestGateway.pointers(changed)).containsExactly(pointer);
    }

    @Test
    void all_that_is_wrong_is_told_at_once_and_no_value_that_is_secret() throws Exception {
        HttpResponse<String> refused = admin.post("/webhooks", """
                {"url":"http://x.example","eventTypes":["a"],"headers":{"x":"hush\\u0001"},"secret":"whsec_hush"}""");
        assertThat(TestGateway.pointers(refused))
                .containsExactlyInAnyOrder("#/url", "#/eventTypes/0", "#/headers", "#/secret");
        assertThat(refused.body()).doesNotContain("hush");
    }

    @Test
    void what_a_change_may_not_take_away_stays() throws Exception {
        assertThat(TestGateway.pointers(admin.patch(existing(), "{\"url\":null,\"enabled\":null}")))
                .containsExactly("#/url", "#/enabled");
        assertThat(TestGateway.pointers(admin.patch(existing(), "{\"secret\":\"whsec_x\"}")))
                .containsExactly("#/secret");
    }

    @Test
    void a_body_has_to_be_one_object_of_json_and_no_longer_than_may_be() throws Exception {
        for (String body : new String[] {"{", "[]", "{\"url\":1,\"url\":2}", "nothing"}) {
            assertThat(code(admin.post("/webhooks", body))).as(body).isEqualTo("400 malformed_json");
            assertThat(code(admin.patch(existing(), body))).as(body).isEqualTo("400 malformed_json");
        }
        assertThat(code(admin.post("/webhooks"))).isEqualTo("415 unsupported_media_type");
        assertThat(code(admin.post("/webhooks", "{\"url\":\"" + "x".repeat(1_100_000) + "\"}")))
                .isEqualTo("413 body_too_large");
    }

    @Test
    void what_is_asked_of_lists_and_counts_has_its_bounds() throws Exception {
        String path = existing();
        for (Map.Entry<String, String> query : Map.of(
                        "limit=0", "#/limit",
                        "limit=201", "#/limit",
                        "limit=x", "#/limit",
                        "cursor=%00", "#/cursor",
                        "cursor=dlv_lost", "#/cursor",
                        "state=lost", "#/state",
                        "more=1", "#/more")
                .entrySet()) {
            HttpResponse<String> refused = admin.get(path + "/deliveries?" + query.getKey());
            assertThat(refused.statusCode()).as(query.getKey()).isEqualTo(400);
            assertThat(TestGateway.pointers(refused)).containsExactly(query.getValue());
        }
        for (String since : new String[] {"", "yesterday", "1969-12-31T23:59:59Z", "%2B1000000000-12-31T23:59:59Z"}) {
            HttpResponse<String> refused = admin.get(path + "/stats?since=" + since);
            assertThat(refused.statusCode()).as(since).isEqualTo(400);
            assertThat(TestGateway.pointers(refused)).containsExactly("#/since");
        }
        assertThat(TestGateway.pointers(admin.post(path + "/recover", "{}"))).containsExactly("#/since");
        assertThat(TestGateway.pointers(admin.post(path + "/recover", "{\"since\":\"soon\"}")))
                .containsExactly("#/since");
        assertThat(TestGateway.pointers(admin.post(path + "/test", "{\"more\":1}")))
                .containsExactly("#/more");
    }
}
