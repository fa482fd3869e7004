package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.graphql.Questions.Place;
import graphql.language.InputValueDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that fit their types and nothing else, and documents that were written by nobody. */
class GraphHostileValuesTest {
    private static final Questions QUESTIONS = Questions.ofGateway();
    private static final long SEED = 20_260_101;
    private static final int DOCUMENTS = 600;

    private static final List<String> TEXTS = List.of(
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"../..\"",
            "\"\\u202e%00%s{}\"",
            "\"" + "x".repeat(10_000) + "\"",
            "\"run_\"",
            "\"ep_01JC3V5M6X8QF7K2N9R4T0W1AE\"",
            "\"\uD83D\uDE00\"",
            "\"a: 1 per 1s\"");
    private static final List<String> NUMBERS = List.of("0", "-1", "2147483647", "-2147483648");
    private static final Map<String, List<String>> VALUES = Map.of(
            "ID", TEXTS,
            "String", TEXTS,
            "Int", NUMBERS,
            "Long", List.of("0", "-1", "9007199254740991", "-9007199254740991", "9223372036854775807"),
            "Boolean", List.of("true"),
            "JSON", List.of("\"\"", "[]", "[[[]]]", "{}", "{ a: null }", "-1", "1e300", "true", "{ a: 1e-300 }"),
            "DateTime",
                    List.of(
                            "\"+999999999-12-31T23:59:59Z\"",
                            "\"-999999999-01-01T00:00:00Z\"",
                            "\"0000-01-01T00:00:00Z\"",
                            "\"1970-01-01T00:00:00Z\"",
                            "\"\"",
                            "\"x\""));

    private static TestGateway gateway;
    private static GraphClient admin;

    private GraphClient session;
    private String webhook;

    @BeforeAll
    static void start() {
        gateway = TestGateway.of(ScriptedAgent.saying("hello"), GraphClient::withKey);
        admin = GraphClient.admin(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void begin() throws Exception {
        gateway.reported().clear();
        session = GraphClient.session(gateway);
        webhook = admin.data("""
                mutation { createWebhook(input: { url: "https://example.org/hook" }) {
                  ... on WebhookSecret { webhook { id } } } }""").at("/createWebhook/webhook/id").textValue();
    }

    static Stream<Place> fields() {
        return QUESTIONS
                .all()
                .filter(place ->
                        Questions.ROOTS.contains(place.type()) && !place.type().equals("Subscription"))
                .filter(place -> !place.field().getInputValueDefinitions().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("fields")
    void whatever_fits_the_types_of_a_field_is_no_defect(Place place) throws Exception {
        for (InputValueDefinition argument : place.field().getInputValueDefinitions()) {
            for (String value : QUESTIONS.values(argument.getType(), VALUES)) {
                assertNoDefect(QUESTIONS.with(place, webhook, Map.of(argument.getName(), value)));
            }
        }
        assertThat(gateway.reported()).isEmpty();
    }

    @Test
    void whatever_fits_the_types_of_a_field_of_a_field_is_no_defect() throws Exception {
        for (String since : VALUES.get("DateTime")) {
            assertNoDefect("{ webhook(id: \"" + webhook + "\") { stats(since: " + since + ") { since attempted } } }");
        }
        for (String first : NUMBERS) {
            assertNoDefect(
                    "{ webhook(id: \"" + webhook + "\") { deliveries(first: " + first + ") { nodes { id } } } }");
            assertNoDefect("{ session { messages(first: " + first + ") { nodes { id } } } }");
        }
        for (String after : TEXTS) {
            assertNoDefect(
                    "{ webhook(id: \"" + webhook + "\") { deliveries(after: " + after + ") { nodes { id } } } }");
            assertNoDefect("{ session { messages(after: " + after + ") { nodes { id } } } }");
        }
        assertThat(gateway.reported()).isEmpty();
    }

    @Test
    void a_moment_that_no_store_keeps_is_refused() throws Exception {
        String recover =
                "mutation($id: ID!, $since: DateTime!) { recoverWebhook(id: $id, since: $since) { __typename } }";
        for (String since :
                List.of("1969-12-31T23:59:59Z", "1970-01-01T00:00:00+01:00", "+10000-01-01T00:00:00Z", "now")) {
            JsonNode answer = admin.ask(recover, Map.of("id", webhook, "since", since));
            assertThat(answer.at("/errors/0/extensions/code").asText())
                    .as(since)
                    .isEqualTo("query_invalid");
        }
        for (String since :
                List.of("1970-01-01T00:00:00Z", "2026-01-31T12:00:00.5+02:00", "9999-12-31T23:59:59.999Z")) {
            assertThat(admin.data(recover, Map.of("id", webhook, "since", since))
                            .at("/recoverWebhook/__typename")
                            .asText())
                    .isEqualTo("RecoveredWebhook");
        }
    }

    private void assertNoDefect(String question) throws Exception {
        for (GraphClient caller : List.of(admin, session)) {
            assertThat(caller.ask(question).toString()).as(question).doesNotContain("\"internal\"");
        }
    }

    /** The seed is fixed: what is found once is found again. */
    @Test
    void whatever_a_document_is_it_is_no_defect() throws Exception {
        Random random = new Random(SEED);
        GraphClient caller = GraphClient.stranger(gateway);
        for (int i = 0; i < DOCUMENTS; i++) {
            String document = random.nextBoolean() ? soup(random) : damaged(random);
            int status = caller.send(caller.post(document, Map.of("v", i))).statusCode();
            assertThat(status).as(document).isIn(200, 400, 406);
        }
        assertThat(gateway.reported()).isEmpty();
    }

    private static final List<String> WORDS = List.of(
            "{",
            "}",
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            ":",
            "!",
            "$v",
            "$",
            "@",
            "@skip(if: true)",
            "@admin",
            "...",
            "... on",
            "query",
            "mutation",
            "subscription",
            "fragment",
            "f on Query",
            "...f",
            "type",
            "extend",
            "schema",
            "input",
            "health",
            "status",
            "session",
            "messages",
            "first:",
            "node",
            "id:",
            "id",
            "tools",
            "__typename",
            "__schema",
            "__type(name: \"Run\")",
            "documents",
            "Query",
            "Run",
            "Int",
            "String!",
            "1",
            "-1",
            "1.5e3",
            "1e999",
            "null",
            "true",
            "ENUM",
            "\"a\"",
            "\"",
            "\"\"\"b\"\"\"",
            "\"\"\"",
            "\"\\u00e4\"",
            "\"\\u{1F600}\"",
            "\"\\ud800\"",
            "\"\\u{zz}\"",
            "\"\\x\"",
            "#",
            "\n",
            ",",
            "=",
            "|",
            "&",
            "\u00e4",
            "\u0000",
            "\ufeff",
            "\ud83d\ude00");

    private static final List<String> WHOLE = List.of(
            "query Q ( $v : Int = 5 ) { documents ( first : $v , scope : SHARED ) {"
                    + " nodes { id name } pageInfo { endCursor } } }",
            "mutation { sendMessage ( input : { message : \"\" , onBusy : REJECT } ) { ... on Problem { code } } }",
            "{ ...f } fragment f on Query { session { ...g } }"
                    + " fragment g on Session { id messages { nodes { text } } }",
            "{ __schema { types { name } } a : node ( id : \"run_x\" ) @include ( if : true ) { ... on Run { id } } }",
            "subscription { runEvents ( runId : \"run_x\" ) { runId ... on TextDelta { text } } }");

    private static String soup(Random random) {
        List<String> words = new ArrayList<>();
        for (int i = random.nextInt(40); i >= 0; i--) {
            words.add(WORDS.get(random.nextInt(WORDS.size())));
        }
        return "{" + String.join(" ", words);
    }

    private static String damaged(Random random) {
        List<String> words =
                new ArrayList<>(List.of(WHOLE.get(random.nextInt(WHOLE.size())).split(" ")));
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(words.size());
            switch (random.nextInt(3)) {
                case 0 -> words.set(at, WORDS.get(random.nextInt(WORDS.size())));
                case 1 -> words.add(at, words.get(random.nextInt(words.size())));
                default -> words.set(at, "");
            }
        }
        return String.join(" ", words);
    }
}
