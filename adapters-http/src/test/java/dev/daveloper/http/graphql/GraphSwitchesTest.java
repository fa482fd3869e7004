package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.TestGateway;
import graphql.introspection.IntrospectionQuery;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What of GraphQL is there, as it is configured. */
class GraphSwitchesTest {
    private static TestGateway with(UnaryOperator<GraphConfig> config) {
        return TestGateway.of(
                ScriptedAgent.saying("Hello"), http -> http.withGraphs(config.apply(GraphConfig.DEFAULT)));
    }

    private static GraphLimits limits(int chars, int depth, int aliases, int complexity) {
        GraphLimits usual = GraphLimits.DEFAULT;
        return new GraphLimits(
                chars, usual.maxTokens(), depth, usual.maxFields(), aliases, complexity, usual.timeout(), 50, 500);
    }

    @Test
    void switched_off_nothing_of_it_is_there() throws Exception {
        try (TestGateway gateway = with(config -> config.withEnabled(false))) {
            for (String path :
                    List.of("/graphql", "/v1/graphql", "/graphql/schema", "/graphiql", "/web/graphiql/main.js")) {
                assertThat(gateway.get(path).statusCode()).as(path).isEqualTo(404);
            }
            assertThat(gateway.send(gateway.post("/graphql", "{\"query\":\"{ health { status } }\"}"))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(gateway.server().routes()).noneMatch(route -> route.contains("graph"));
            assertThat(gateway.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void the_schema_may_be_asked_for_in_development() throws Exception {
        try (TestGateway gateway = with(config -> config)) {
            JsonNode data = GraphClient.stranger(gateway).data(IntrospectionQuery.INTROSPECTION_QUERY);
            assertThat(data.at("/__schema/queryType/name").textValue()).isEqualTo("Query");
            assertThat(gateway.get("/graphql/schema").body()).contains("type Query {");
        }
    }

    @Test
    void who_asks_for_more_of_the_schema_than_anybody_needs_is_refused() throws Exception {
        try (TestGateway gateway = with(config -> config)) {
            String deep =
                    "{ __schema { types { " + "fields { type { ".repeat(12) + "name" + " } }".repeat(12) + " } } }";
            String twice = "{ a: __schema { types { name } } b: __schema { types { name } } }";
            for (String query : List.of(deep, twice)) {
                JsonNode answer = GraphClient.stranger(gateway).ask(query);
                assertThat(answer.has("data")).as(query).isFalse();
                assertThat(answer.at("/errors/0/extensions/code").textValue()).isEqualTo("query_invalid");
            }
        }
    }

    @Test
    void in_production_it_may_not_and_nothing_tells_it_otherwise() throws Exception {
        try (TestGateway gateway = with(config -> config.forDevelopment(false))) {
            GraphClient client = GraphClient.stranger(gateway);
            for (String query : List.of(
                    IntrospectionQuery.INTROSPECTION_QUERY,
                    "{ __type(name: \"Run\") { name } }",
                    "{ a: __schema { types { name } } }",
                    "{ ...All } fragment All on Query { __schema { types { name } } }",
                    "query A { health { status } } query B { __schema { types { name } } }")) {
                JsonNode answer = client.ask(query);
                assertThat(answer.has("data")).as(query).isFalse();
                assertThat(answer.at("/errors/0/message").textValue()).contains("switched off");
                assertThat(answer.at("/errors/0/extensions/code").textValue()).isEqualTo("query_invalid");
            }
            assertThat(gateway.get("/graphql/schema").statusCode()).isEqualTo(404);
            assertThat(client.data("{ __typename health { __typename status } }")
                            .get("__typename")
                            .textValue())
                    .isEqualTo("Query");
        }
    }

    @Test
    void who_mistypes_is_not_told_what_there_is() throws Exception {
        try (TestGateway gateway = with(config -> config.forDevelopment(false))) {
            GraphClient client = GraphClient.stranger(gateway);
            for (String query : List.of(
                    "{ healt { status } }",
                    "{ health { statu } }",
                    "{ documents(scop: SESSION) { nodes { id } } }",
                    "{ documents(scope: SHAREDD) { nodes { id } } }",
                    "{ ... on Quer { __typename } }",
                    "mutation { openSesion { __typename } }")) {
                String answer = client.ask(query).toString();
                assertThat(answer).doesNotContainIgnoringCase("did you mean").doesNotContain("SHARED\"", "openSession");
                assertThat(answer).contains("query_invalid");
            }
        }
    }

    @Test
    void bounds_are_those_that_are_configured() throws Exception {
        try (TestGateway gateway = with(config -> config.withLimits(limits(1_000, 3, 1, 20)))) {
            GraphClient client = GraphClient.session(gateway);
            assertThat(client.ask("{ a: health { status } }").has("data")).isTrue();
            assertThat(client.code("{ a: health { status } b: health { status } }"))
                    .isEqualTo("query_invalid");
            assertThat(client.code("{ documents { nodes { id } } }")).isEqualTo("query_too_complex");
            assertThat(client.code("{ session { activeRun { message { text } } } }"))
                    .isEqualTo("query_invalid");
            assertThat(client.code("{ health { status } }" + " ".repeat(1_000))).isEqualTo("query_invalid");
        }
    }

    @Test
    void bounds_that_cannot_be_are_refused_with_their_name() {
        assertThatThrownBy(() -> limits(999, 20, 30, 5_000))
                .hasMessage("maxChars must be from 1000 to 1000000, not 999");
        assertThatThrownBy(() -> limits(1_000, 51, 30, 5_000)).hasMessageContaining("maxDepth");
        assertThatThrownBy(() -> limits(1_000, 20, -1, 5_000)).hasMessageContaining("maxAliases");
        assertThatThrownBy(() -> limits(1_000, 20, 30, 0)).hasMessageContaining("maxComplexity");
        assertThatThrownBy(() -> new GraphLimits(1_000, 1, 1, 1, 1, 1, Duration.ZERO, 1, 1))
                .hasMessageContaining("timeout must be from PT0.1S to PT5M");
    }
}
