package dev.daveloper.http.graphql;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.graphql.Questions.Place;
import dev.daveloper.http.testkit.ApiDocument;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be done over REST can be done by GraphQL, and whoever may not do it there may not do it here. */
class GraphParityTest {
    /** Operations of REST, and the fields that do the same. */
    private static final Map<String, String> FIELDS = Map.ofEntries(
            entry("openSession", "Mutation.openSession"),
            entry("getSession", "Query.session"),
            entry("endSession", "Mutation.endSession"),
            entry("renewSession", "Mutation.renewSession"),
            entry("followSession", "Subscription.sessionEvents"),
            entry("getSessionStatistics", "Query.sessionCounts"),
            entry("revokeSession", "Mutation.revokeSession"),
            entry("listRateLimits", "Query.limitPolicies"),
            entry("getRateLimit", "Query.limitPolicies"),
            entry("changeRateLimit", "Mutation.putLimitPolicy"),
            entry("resetRateLimit", "Mutation.resetLimitPolicy"),
            entry("listWebhooks", "Query.webhooks"),
            entry("createWebhook", "Mutation.createWebhook"),
            entry("listEventTypes", "Query.webhookEventTypes"),
            entry("getDelivery", "Query.webhookDelivery.attempts"),
            entry("redeliver", "Mutation.redeliverWebhook"),
            entry("getWebhook", "Query.webhook"),
            entry("changeWebhook", "Mutation.changeWebhook"),
            entry("deleteWebhook", "Mutation.deleteWebhook"),
            entry("rotateSecret", "Mutation.rotateWebhookSecret"),
            entry("testWebhook", "Mutation.testWebhook"),
            entry("recoverWebhook", "Mutation.recoverWebhook"),
            entry("listDeliveries", "Query.webhook.deliveries"),
            entry("getWebhookStatistics", "Query.webhook.stats"),
            entry("forgetCache", "Mutation.forgetCached"),
            entry("getCacheStatistics", "Query.cache"),
            entry("sendMessage", "Mutation.sendMessage"),
            entry("readHistory", "Query.session.messages"),
            entry("clearHistory", "Mutation.clearConversation"),
            entry("getRun", "Query.run"),
            entry("followRun", "Subscription.runEvents"),
            entry("cancelRun", "Mutation.cancelRun"),
            entry("listTools", "Query.tools"),
            entry("testTool", "Mutation.testTool"),
            entry("listDocuments", "Query.documents"),
            entry("getDocument", "Query.document"),
            entry("deleteDocument", "Mutation.deleteDocument"),
            entry("listJobs", "Query.jobs"),
            entry("getJob", "Query.job"),
            entry("followJob", "Subscription.sessionEvents"),
            entry("cancelJob", "Mutation.cancelJob"),
            entry("getHealth", "Query.health"),
            entry("getComponentHealth", "Query.health.components"));

    /** Operations of REST that are no fields, and why. */
    private static final Map<String, String> REST_ALONE = Map.ofEntries(
            entry("askGraph", "this is it"),
            entry("queryGraph", "this is it"),
            entry("getGraphSchema", "what introspection tells, as a file"),
            entry("openSocket", "a way of its own"),
            entry("ingestDocuments", "files are handed over as multipart"),
            entry("exportSession", "a file"),
            entry("warmCache", "told while it goes on, for as long as it takes"),
            entry("backUpCache", "a file"),
            entry("restoreCache", "a file"),
            entry("getRateLimitStatistics", "for dashboards"),
            entry("getErrorStatistics", "for dashboards"),
            entry("watchStatus", "for the status page"),
            entry("getStatusHistory", "for the status page"),
            entry("probeHealth", "for whoever asks for statuses alone"),
            entry("probeComponent", "for whoever asks for statuses alone"),
            entry("getLiveness", "for whoever asks for statuses alone"),
            entry("probeLiveness", "for whoever asks for statuses alone"),
            entry("getReadiness", "for whoever asks for statuses alone"),
            entry("probeReadiness", "for whoever asks for statuses alone"),
            entry("listErrors", "to be read by people"),
            entry("explainError", "to be read by people"),
            entry("readLibrary", "to be read by people"),
            entry("getOpenApiYaml", "a description of REST"),
            entry("getOpenApiJson", "a description of REST"),
            entry("getAsyncApiYaml", "a description of the WebSocket"),
            entry("getAsyncApiJson", "a description of the WebSocket"));

    private static final Questions QUESTIONS = Questions.ofGateway();
    private static final ApiDocument OPENAPI = ApiDocument.of("openapi.yaml");

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.of(ScriptedAgent.saying("hello"), GraphClient::withKey);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** Whom an operation of REST is for. */
    private enum Guard {
        NOBODY_IS_ASKED,
        SESSION,
        SESSION_OR_ADMIN,
        ADMIN;

        static Guard of(JsonNode security) {
            Set<String> schemes = new TreeSet<>();
            boolean anybody = security.isEmpty();
            for (JsonNode way : security) {
                anybody |= way.isEmpty();
                way.fieldNames().forEachRemaining(schemes::add);
            }
            if (anybody) {
                return NOBODY_IS_ASKED;
            }
            boolean admin = schemes.remove("adminKey");
            return schemes.isEmpty() ? ADMIN : admin ? SESSION_OR_ADMIN : SESSION;
        }
    }

    private static Map<String, Guard> operations() {
        Map<String, Guard> operations = new TreeMap<>();
        OPENAPI.at("/paths")
                .forEach(path -> path.forEach(operation -> {
                    if (operation.has("operationId")) {
                        operations.put(operation.get("operationId").textValue(), Guard.of(operation.get("security")));
                    }
                }));
        return operations;
    }

    static Stream<String> mapped() {
        return operations().keySet().stream().filter(FIELDS::containsKey);
    }

    @Test
    void every_operation_of_rest_is_a_field_or_stays_with_rest_for_a_reason() {
        Set<String> known = new TreeSet<>(FIELDS.keySet());
        known.addAll(REST_ALONE.keySet());
        assertThat(known)
                .hasSize(FIELDS.size() + REST_ALONE.size())
                .isEqualTo(operations().keySet());
    }

    @Test
    void every_field_below_a_root_has_its_operation() {
        Set<String> reached = new TreeSet<>();
        FIELDS.values()
                .forEach(path -> reached.add(QUESTIONS.at(path).getFirst().toString()));
        Set<String> others = Set.of(
                // Whatever has an identifier, with the guards of what it is.
                "Query.node",
                // What REST tells in headers.
                "Query.limits",
                // By REST a limit is changed to none.
                "Mutation.switchOffLimitPolicy");
        List<String> unknown = QUESTIONS
                .all()
                .filter(place -> Questions.ROOTS.contains(place.type()))
                .map(Place::toString)
                .filter(place -> !reached.contains(place) && !others.contains(place))
                .toList();
        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("mapped")
    void whoever_is_refused_by_rest_is_refused_here(String operation) throws Exception {
        List<Place> path = QUESTIONS.at(FIELDS.get(operation));
        Guard guard = operations().get(operation);
        Place root = path.getFirst();
        if (root.type().equals("Subscription")) {
            assertThat(root.has("session")).isTrue();
            return;
        }
        switch (guard) {
            case NOBODY_IS_ASKED -> {}
            case SESSION, SESSION_OR_ADMIN -> assertRefused(GraphClient.stranger(gateway), path, "session_required");
            case ADMIN -> {
                assertThat(root.has("admin")).isTrue();
                assertRefused(GraphClient.stranger(gateway), path, "admin_required");
                assertRefused(GraphClient.session(gateway), path, "admin_required");
            }
        }
        if (guard == Guard.SESSION_OR_ADMIN) {
            assertThat(GraphClient.admin(gateway).ask(question(path)).toString())
                    .doesNotContain("_required");
        }
    }

    private static String question(List<Place> path) {
        return QUESTIONS.of(path, id -> "\"doc_01jc3v5m6x8qf7k2n9r4t0w1ae\"");
    }

    /** Whose session it is tells {@code null} to those who have none. */
    private static void assertRefused(GraphClient caller, List<Place> path, String code) throws Exception {
        JsonNode answer = caller.ask(question(path));
        if (path.getFirst().toString().equals("Query.session")) {
            assertThat(answer.at("/data/session").isNull()).isTrue();
        } else {
            assertThat(answer.at("/errors/0/extensions/code").asText())
                    .as(question(path) + " " + answer)
                    .isEqualTo(code);
        }
    }
}
