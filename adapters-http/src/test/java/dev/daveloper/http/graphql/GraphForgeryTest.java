package dev.daveloper.http.graphql;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What foreign pages get when they ask with a visitor's cookie. */
class GraphForgeryTest {
    private static final String ALLOWED = "https://app.example";
    private static final String READ = "/graphql?query=%7Bsession%7Bid%7D%7D";
    private static final String CHANGE = "{\"query\":\"mutation { endSession { __typename } }\"}";

    private static TestGateway gateway;

    private TestGateway.Caller visitor;

    @BeforeAll
    static void start() {
        gateway = TestGateway.of(ScriptedAgent.saying("hello"), config -> config.withCorsOrigins(Set.of(ALLOWED)));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void visit() throws Exception {
        visitor = gateway.newCaller();
    }

    private HttpResponse<String> read(String... headers) throws Exception {
        HttpRequest.Builder request = gateway.request(READ).header("Cookie", visitor.cookie());
        return gateway.send(headers.length == 0 ? request : request.headers(headers));
    }

    private void assertForeign(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
        assertThat(json(response).get("code").textValue()).isEqualTo("cross_site_refused");
        assertThat(response.body()).doesNotContain(visitor.sessionId());
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site,cross-site",
        "Sec-Fetch-Site,same-site",
        "Sec-Fetch-Site,none",
        "Origin,https://evil.example",
        "X-Requested-With,XMLHttpRequest"
    })
    void a_query_by_address_with_a_cookie_is_for_pages_of_this_origin(String name, String value) throws Exception {
        assertForeign(read(name, value));
    }

    @Test
    void where_nobody_says_which_page_asks_it_is_foreign() throws Exception {
        assertForeign(read());
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site,same-origin",
        "GraphQL-Require-Preflight,1",
        "GraphQL-Require-Preflight,''",
        "Origin,https://app.example"
    })
    void a_page_of_ours_may_ask_and_so_may_who_can_say_so(String name, String value) throws Exception {
        HttpResponse<String> answer = read(name, value);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).at("/data/session/id").textValue()).isEqualTo(visitor.sessionId());
        assertThat(answer.headers().firstValue("Vary").orElseThrow()).contains("Sec-Fetch-Site");
    }

    @Test
    void without_a_cookie_nothing_can_be_forged() throws Exception {
        HttpResponse<String> bearer = gateway.send(visitor.request(READ).header("Sec-Fetch-Site", "cross-site"));
        assertThat(json(bearer).at("/data/session/id").textValue()).isEqualTo(visitor.sessionId());
        HttpResponse<String> stranger = gateway.send(gateway.request(READ).header("Sec-Fetch-Site", "cross-site"));
        assertThat(json(stranger).at("/data/session").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site,cross-site", "Sec-Fetch-Site,same-site", "Origin,https://evil.example", "Origin,null"})
    void a_foreign_page_changes_nothing(String name, String value) throws Exception {
        assertForeign(gateway.send(gateway.post("/graphql", CHANGE)
                .header("Cookie", visitor.cookie())
                .header(name, value)));
        assertThat(visitor.get("/sessions/current").statusCode()).isEqualTo(200);
    }

    @Test
    void a_form_changes_nothing() throws Exception {
        for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"}) {
            HttpResponse<String> refused = gateway.send(gateway.request("/graphql")
                    .header("Cookie", visitor.cookie())
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString(CHANGE)));
            assertThat(refused.statusCode()).as(type).isEqualTo(415);
        }
        assertThat(visitor.get("/sessions/current").statusCode()).isEqualTo(200);
    }

    @Test
    void an_allowed_page_may_send_the_header_and_a_foreign_one_may_not() throws Exception {
        for (String origin : new String[] {ALLOWED, "https://evil.example"}) {
            HttpResponse<String> preflight = gateway.send(gateway.request("/graphql")
                    .method("OPTIONS", BodyPublishers.noBody())
                    .header("Origin", origin)
                    .header("Access-Control-Request-Method", "GET")
                    .header("Access-Control-Request-Headers", "graphql-require-preflight"));
            boolean allowed = origin.equals(ALLOWED);
            assertThat(preflight.statusCode()).isEqualTo(allowed ? 204 : 403);
            assertThat(preflight
                            .headers()
                            .firstValue("Access-Control-Allow-Headers")
                            .orElse("")
                            .contains("GraphQL-Require-Preflight"))
                    .isEqualTo(allowed);
        }
    }
}
