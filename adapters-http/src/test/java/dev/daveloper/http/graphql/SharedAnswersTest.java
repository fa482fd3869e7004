package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.chat.in.Tools;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.failures.AgentUnavailable;
import dev.daveloper.http.OtherPorts;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.cache.ResponsePolicies;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Queries are answered as reads are over REST, where their answer is everybody's. */
class SharedAnswersTest {
    private static final String RESPONSE = "application/graphql-response+json";
    private static final String TOOLS = "{ tools { name } }";

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean away = new AtomicBoolean();
    private TestGateway gateway = started(Duration.ofMinutes(1));

    private TestGateway started(Duration good) {
        Tools tools = new Tools() {
            @Override
            public List<Tool> list() {
                asked.incrementAndGet();
                if (away.get()) {
                    throw new AgentUnavailable(Duration.ofSeconds(1));
                }
                return List.of(new Tool("calculate", "Works out sums.", Json.EMPTY_OBJECT));
            }

            @Override
            public ToolResult test(String name, Json arguments) {
                return new ToolResult(true, "");
            }
        };
        return TestGateway.of(
                ScriptedAgent.saying("Hello"),
                config -> GraphClient.withKey(config)
                        .withKept(new ResponsePolicies(Freshness.of(good), Freshness.NONE, Freshness.NONE)),
                ports -> OtherPorts.with(ports, tools));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private HttpResponse<String> get(GraphClient client, String query, String... headers) throws Exception {
        HttpRequest.Builder request =
                client.request("/graphql?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void it_is_made_once_for_all_who_ask() throws Exception {
        HttpResponse<String> first = get(GraphClient.stranger(gateway), TOOLS);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("{\"data\":{\"tools\":[{\"name\":\"calculate\"}]}}");
        assertThat(header(first, "Content-Type")).isEqualTo(RESPONSE + "; charset=utf-8");
        assertThat(first.headers().allValues("Cache-Control")).containsExactly("public, max-age=60");
        assertThat(header(first, "Cache-Status")).isEqualTo("daveloper; fwd=uri-miss; stored");
        assertThat(first.headers().allValues("Vary")).contains("Accept");
        assertThat(first.headers().firstValue("Set-Cookie")).isEmpty();

        for (GraphClient other :
                List.of(GraphClient.stranger(gateway), GraphClient.session(gateway), GraphClient.admin(gateway))) {
            HttpResponse<String> again = get(other, TOOLS);
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(header(again, "ETag")).isEqualTo(header(first, "ETag")).matches("\"[0-9a-f]{32}\"");
            assertThat(header(again, "Cache-Status")).matches("daveloper; hit; ttl=[56][0-9]");
            assertThat(header(again, "Age")).isEqualTo("0");
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void who_holds_it_hears_that_it_is_the_same() throws Exception {
        GraphClient client = GraphClient.stranger(gateway);
        String etag = header(get(client, TOOLS), "ETag");
        HttpResponse<String> held = get(client, TOOLS, "If-None-Match", etag);
        assertThat(held.statusCode()).isEqualTo(304);
        assertThat(held.body()).isEmpty();
        assertThat(header(held, "Cache-Control")).isEqualTo("public, max-age=60");
        assertThat(get(client, TOOLS, "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
        assertThat(get(client, TOOLS, "If-Match", "\"other\"").statusCode()).isEqualTo(412);
        assertThat(get(client, "{ tools { description } }", "Cache-Control", "only-if-cached")
                        .statusCode())
                .isEqualTo(504);
    }

    @Test
    void every_form_document_operation_and_variable_has_an_answer_of_its_own() throws Exception {
        GraphClient client = GraphClient.stranger(gateway);
        get(client, TOOLS);
        HttpResponse<String> json = get(client, TOOLS, "Accept", "application/json");
        assertThat(header(json, "Content-Type")).isEqualTo("application/json;charset=utf-8");
        assertThat(header(json, "Cache-Status")).contains("fwd=uri-miss");
        assertThat(get(client, "{ tools { description } }").body()).contains("Works out sums.");
        String with = "query A($with: Boolean!) { tools { name @include(if: $with) description } }";
        for (String value : List.of("true", "false")) {
            HttpResponse<String> answer = client.send(client.request("/graphql?query="
                    + URLEncoder.encode(with, StandardCharsets.UTF_8) + "&variables="
                    + URLEncoder.encode("{\"with\":" + value + "}", StandardCharsets.UTF_8)));
            assertThat(answer.body().contains("calculate")).as(value).isEqualTo(value.equals("true"));
        }
        assertThat(asked).hasValue(5);
    }

    @Test
    void what_is_in_part_the_callers_own_is_kept_by_nobody() throws Exception {
        GraphClient client = GraphClient.session(gateway);
        for (String query :
                List.of("{ tools { name } session { id } }", "{ limits { policy } }", "{ health { status } }")) {
            HttpResponse<String> answer = get(client, query);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(answer.headers().firstValue("ETag")).isEmpty();
            assertThat(answer.headers().firstValue("Cache-Status")).isEmpty();
        }
    }

    @Test
    void by_post_it_is_said_to_be_everybodys_and_made_each_time() throws Exception {
        GraphClient client = GraphClient.session(gateway);
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = client.send(client.post(TOOLS, Map.of()));
            assertThat(answer.headers().allValues("Cache-Control")).containsExactly("public, max-age=60");
            assertThat(answer.headers().firstValue("ETag")).isEmpty();
        }
        assertThat(client.send(client.post("{ session { id } }", Map.of()))
                        .headers()
                        .allValues("Cache-Control"))
                .containsExactly("no-store");
        assertThat(asked).hasValue(2);
    }

    @Test
    void what_went_wrong_is_told_and_not_kept() throws Exception {
        GraphClient client = GraphClient.stranger(gateway);
        away.set(true);
        for (HttpResponse<String> failed : List.of(get(client, TOOLS), client.send(client.post(TOOLS, Map.of())))) {
            assertThat(failed.statusCode()).isEqualTo(200);
            assertThat(failed.body()).contains("agent_unavailable");
            assertThat(failed.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(failed.headers().firstValue("ETag")).isEmpty();
        }
        away.set(false);
        assertThat(get(client, TOOLS).body()).contains("calculate");
    }

    @Test
    void it_is_kept_as_the_tools_are_and_not_where_they_are_not() throws Exception {
        gateway.close();
        gateway = started(Duration.ofSeconds(7));
        assertThat(header(get(GraphClient.stranger(gateway), TOOLS), "Cache-Control"))
                .isEqualTo("public, max-age=7");
        gateway.close();
        gateway = started(Duration.ZERO);
        assertThat(header(get(GraphClient.stranger(gateway), TOOLS), "Cache-Control"))
                .isEqualTo("no-store");
    }

    @Test
    void who_forgets_the_tools_forgets_what_was_made_from_them() throws Exception {
        GraphClient client = GraphClient.stranger(gateway);
        get(client, TOOLS);
        GraphClient.admin(gateway).data("mutation { forgetCached(tags: [\"tools\"]) { __typename } }");
        assertThat(header(get(client, TOOLS), "Cache-Status")).contains("fwd=uri-miss");
    }
}
