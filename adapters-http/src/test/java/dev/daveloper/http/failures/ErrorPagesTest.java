package dev.daveloper.http.failures;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.chat.SocketClient;
import dev.daveloper.http.security.AdminKeys;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The catalogue and the counts, as they are served. */
class ErrorPagesTest {
    private static final String ADMIN = "a key for administrators";
    private static final ProblemType NASTY = new ProblemType(
            "code\"><script>alert(1)</script>",
            400,
            "<b>&amp;'title",
            "Do `<i>` & rest",
            Handling.client(Classification.BAD_REQUEST));

    private static TestGateway gateway() {
        return TestGateway.of(
                ScriptedAgent.saying("hello"),
                config -> config.withAdminKeys(new AdminKeys(Map.of("ops", AdminKeys.hashOf(ADMIN)))));
    }

    private static HttpResponse<String> page(TestGateway gateway, String path) throws Exception {
        return gateway.send(gateway.request(path).header("Accept", "text/html,*/*;q=0.8"));
    }

    @Test
    void all_kinds_are_listed_for_programs_and_for_people() throws Exception {
        try (TestGateway gateway = gateway()) {
            HttpResponse<String> list = gateway.get("/v1/errors");
            assertThat(list.statusCode()).isEqualTo(200);
            assertThat(json(list).get("items")).hasSize(FailureTable.ALL.size());
            assertThat(list.headers().firstValue("Cache-Control")).hasValue("public, max-age=300");
            assertThat(list.headers().allValues("Vary")).contains("Accept");

            HttpResponse<String> html = page(gateway, "/errors");
            assertThat(html.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
            FailureTable.ALL.forEach(type -> assertThat(html.body()).contains("href=\"/errors/" + type.code() + "\""));
        }
    }

    @Test
    void a_kind_is_explained_for_programs() throws Exception {
        try (TestGateway gateway = gateway()) {
            JsonNode kind = json(gateway.get("/errors/session_required"));
            assertThat(kind.get("type").textValue()).isEqualTo("/errors/session_required");
            assertThat(kind.get("status").intValue()).isEqualTo(401);
            assertThat(kind.get("webSocketClose").intValue()).isEqualTo(4401);
            assertThat(kind.get("classification").textValue()).isEqualTo("UNAUTHENTICATED");
            assertThat(kind.get("retry").textValue()).isEqualTo("no");
            assertThat(json(gateway.get("/errors/overloaded")).has("webSocketClose"))
                    .isFalse();
        }
    }

    @Test
    void a_kind_is_a_page_that_loads_only_what_comes_from_here() throws Exception {
        try (TestGateway gateway = gateway()) {
            HttpResponse<String> page = page(gateway, "/errors/overloaded");
            assertThat(page.body())
                    .contains("<h1>The gateway is at its limit</h1>")
                    .contains("<code>Retry-After</code>")
                    .contains("&quot;code&quot; : &quot;overloaded&quot;")
                    .doesNotContain("<script", "style=", "http://");
            assertThat(page.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy).contains("style-src 'self'"));
            assertThat(gateway.get("/web/css/errors.css").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void what_is_no_code_is_a_problem_that_nobody_keeps() throws Exception {
        try (TestGateway gateway = gateway()) {
            HttpResponse<String> response = page(gateway, "/errors/%3Cscript%3E");
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(json(response).get("code").textValue()).isEqualTo("route_not_found");
            assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        }
    }

    @Test
    void text_is_shown_as_it_is_written() {
        assertThat(ErrorPages.of(NASTY, "</pre><script>"))
                .contains("&lt;b&gt;&amp;amp;&#39;title", "Do <code>&lt;i&gt;</code> &amp; rest")
                .doesNotContain("<script>", "<b>", "<i>");
        assertThat(ErrorPages.of(List.of(NASTY))).doesNotContain("<script>", "code\">");
    }

    @Test
    void administrators_see_how_often_each_kind_was_told_on_every_transport() throws Exception {
        try (TestGateway gateway = gateway();
                SocketClient socket = SocketClient.connect(gateway)) {
            gateway.get("/nowhere");
            gateway.get("/nowhere/else");
            gateway.get("/agent/runs/run_0/events");
            gateway.get("/" + "x".repeat(20_000));
            socket.say("{\"type\":\"ping\"}");
            socket.next("error");

            JsonNode counted =
                    json(gateway.send(gateway.request("/v1/errors/stats").header("Authorization", "Bearer " + ADMIN)));

            assertThat(counted.get("since").textValue()).contains("T");
            assertThat(countOf(counted, "route_not_found")).isEqualTo(2);
            assertThat(countOf(counted, "session_required")).isEqualTo(2);
            assertThat(countOf(counted, "uri_too_long")).isEqualTo(1);
            assertThat(countOf(counted, "internal")).isZero();
        }
    }

    @Test
    void counts_are_for_administrators_alone() throws Exception {
        try (TestGateway gateway = gateway()) {
            for (HttpResponse<String> refused :
                    List.of(gateway.get("/errors/stats"), gateway.newCaller().get("/errors/stats"))) {
                assertThat(refused.statusCode()).isEqualTo(403);
                assertThat(json(refused).get("code").textValue()).isEqualTo("admin_required");
            }
        }
    }

    private static long countOf(JsonNode counted, String code) {
        for (JsonNode item : counted.get("items")) {
            if (item.get("code").textValue().equals(code)) {
                return item.get("count").longValue();
            }
        }
        return 0;
    }
}
