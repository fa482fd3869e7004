package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Citation;
import dev.daveloper.domain.chat.Usage;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.graphql.GraphGuide.Example;
import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.schema.GraphQLSchema;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guide and the playground show is valid; and what the guide shows to come back does. */
class GraphGuideTest {
    private static final GraphQLSchema SCHEMA = GraphSchema.of(List.of());
    private static final Pattern TRUSTED = Pattern.compile("\\{\"([0-9a-f]{64})\": \"(.*)\"}");
    private static final Pattern QUERY = Pattern.compile("(?s)query: `(.*?)`");

    static Stream<Example> operations() throws IOException {
        return GraphGuide.examples().stream();
    }

    @Test
    void the_guide_shows_ten_operations() throws Exception {
        assertThat(GraphGuide.examples()).hasSize(10);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void each_fits_the_schema(Example example) {
        assertThat(flawsOf(example.query())).isEmpty();
    }

    static Stream<String> tabs() throws IOException {
        try (InputStream file = GraphGuideTest.class.getResourceAsStream("/web/graphiql/examples.js")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return QUERY.matcher(text).results().map(found -> found.group(1));
        }
    }

    @ParameterizedTest
    @MethodSource("tabs")
    void so_does_each_tab_of_the_playground(String query) {
        assertThat(flawsOf(query)).isEmpty();
    }

    @Test
    void the_trusted_document_of_the_guide_has_its_own_hash() throws Exception {
        Matcher trusted = TRUSTED.matcher(GraphGuide.text());
        assertThat(trusted.find()).isTrue();
        assertThat(DocumentHash.of(trusted.group(2))).hasToString(trusted.group(1));
    }

    private static List<? extends GraphQLError> flawsOf(String query) {
        return ParseAndValidate.parseAndValidate(
                        SCHEMA, ExecutionInput.newExecutionInput(query).build())
                .getErrors();
    }

    @Test
    void what_the_guide_shows_to_come_back_does() throws Exception {
        try (TestGateway gateway = TestGateway.withProbes(List.of(new Well()), agent(), GraphClient::withKey)) {
            GraphClient admin = GraphClient.admin(gateway);
            admin.data("mutation { putLimitPolicy(name: \"all\", rule: \"all: 3000 per 1m by address on all\") {"
                    + " __typename } }");
            admin.data("mutation { createWebhook(input: { url: \"https://example.com/hooks\" }) { __typename } }");
            Likeness likeness = new Likeness();
            GraphClient caller = GraphClient.stranger(gateway);
            for (Example example : GraphGuide.examples()) {
                GraphClient asker = example.query().contains("Operators") ? admin : caller;
                JsonNode real = comesBack(likeness, asker, example);
                JsonNode token = real.at("/data/openSession/token");
                if (token.isTextual()) {
                    caller = caller.with(token.textValue());
                    upload(gateway, token.textValue());
                }
            }
        }
    }

    /** A query is asked until it has come to what is shown; what is done is done once. */
    private static JsonNode comesBack(Likeness likeness, GraphClient asker, Example example) throws Exception {
        if (example.query().startsWith("mutation")) {
            return ask(likeness, asker, example);
        }
        if (example.query().startsWith("query")) {
            await().untilAsserted(() -> ask(likeness, asker, example));
        }
        return MissingNode.getInstance();
    }

    private static JsonNode ask(Likeness likeness, GraphClient asker, Example example) throws Exception {
        JsonNode body = TestGateway.JSON
                .createObjectNode()
                .put("query", example.query())
                .set(
                        "variables",
                        TestGateway.JSON.readTree(
                                likeness.real(example.variables().toString())));
        JsonNode real = TestGateway.json(asker.send(asker.post(body.toString())));
        likeness.check(example.heading(), example.answer().orElseThrow(), real);
        return real;
    }

    private static ScriptedAgent agent() {
        Citation citation = new Citation(
                1, new Citation.UrlSource("/library/guides/agents"), "Agents", "A service", Optional.empty());
        return ScriptedAgent.following(request -> Script.say("Write a service")
                .then(new AgentEvent.CitationAdded(citation))
                .then(new AgentEvent.UsageReported(new Usage(8, 3))));
    }

    /** A component that is well. */
    private static final class Well implements HealthProbe {
        @Override
        public String component() {
            return "store";
        }

        @Override
        public boolean vital() {
            return true;
        }

        @Override
        public Finding check() {
            return Finding.PASS;
        }
    }

    private static void upload(TestGateway gateway, String token) throws Exception {
        String form =
                "--b\r\nContent-Disposition: form-data; name=file; filename=report.txt\r\n\r\nAll is well.\r\n--b--";
        gateway.send(gateway.request("/documents/ingest")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(form)));
    }
}
