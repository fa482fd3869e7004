package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.application.testkit.Uploads;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.graphql.Questions.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is somebody's is not there for anybody else, whichever field is asked for it. */
class GraphOwnersTest {
    private static final Questions QUESTIONS = Questions.ofGateway();

    private final CountDownLatch never = new CountDownLatch(1);
    private final TestGateway gateway = TestGateway.of(
            ScriptedAgent.following(request ->
                    request.message().equals("wait") ? Script.say("so ").thenWaitFor(never) : Script.say("hello")),
            GraphClient::withKey);

    @AfterEach
    void stop() {
        gateway.close();
    }

    /** Everything that has an identifier and is the owner's, or an administrator's. */
    private List<String> idsOf(TestGateway.Caller owner, GraphClient asOwner) throws Exception {
        owner.ask("hi");
        List<String> ids = new ArrayList<>(List.of(owner.sessionId(), owner.startRun("wait")));
        JsonNode messages =
                asOwner.data("{ session { messages { nodes { id runId } } } }").at("/session/messages/nodes");
        assertThat(messages).hasSizeGreaterThanOrEqualTo(2);
        messages.forEach(message -> {
            ids.add(message.get("id").textValue());
            ids.add(message.get("runId").textValue());
        });
        Document document = Uploads.ingested(
                        gateway.documents(), Scope.of(new SessionId(owner.sessionId())), "mine.txt", "a text")
                .document();
        ids.add(document.id().value());
        ids.add(document.jobId().value());
        GraphClient admin = GraphClient.admin(gateway);
        String webhook = admin.data("""
                mutation { createWebhook(input: { url: "https://example.org/hook" }) {
                  ... on WebhookSecret { webhook { id } } } }""").at("/createWebhook/webhook/id").textValue();
        ids.add(webhook);
        ids.add(admin.data(
                        "mutation($id: ID!) { testWebhook(id: $id) { ... on WebhookDelivery { id } } }",
                        Map.of("id", webhook))
                .at("/testWebhook/id")
                .textValue());
        return ids;
    }

    @Test
    void another_ones_things_are_not_there_through_any_field() throws Exception {
        TestGateway.Caller owner = gateway.newCaller();
        GraphClient asOwner = GraphClient.stranger(gateway).with(owner.token());
        List<String> ids = idsOf(owner, asOwner);
        String before = asOwner.ask(SEEN).toString();
        GraphClient other = GraphClient.session(gateway);

        List<Place> places = QUESTIONS
                .all()
                .filter(place -> !place.ids().isEmpty() && !place.type().equals("Subscription"))
                .toList();
        assertThat(places).extracting(Place::toString).contains("Query.node", "Query.run", "Mutation.cancelRun");
        for (Place place : places) {
            for (String id : ids) {
                JsonNode answer = other.ask(QUESTIONS.of(place, id));
                assertThat(codeOf(answer, place))
                        .as(place + " " + id + " " + answer)
                        .isEqualTo(place.has("admin") ? "admin_required" : expected(place));
            }
        }
        assertThat(asOwner.ask(SEEN).toString()).isEqualTo(before);
    }

    private static final String SEEN = """
            { session { id activeRun { id status } messages { nodes { id text } } }
              documents { nodes { id name } } jobs { id state } }""";

    private static String expected(Place place) {
        return place.field().getName().equals("node") ? "null" : "not_found";
    }

    /** As an error or as a result; {@code null} when there is simply nothing. */
    private static String codeOf(JsonNode answer, Place place) {
        if (answer.has("errors")) {
            return answer.at("/errors/0/extensions/code").asText();
        }
        JsonNode result = answer.at("/data/" + place.field().getName());
        return result.isNull() ? "null" : result.path("code").asText(result.toString());
    }

    @Test
    void the_owner_finds_them_through_every_field() throws Exception {
        TestGateway.Caller owner = gateway.newCaller();
        GraphClient asOwner = GraphClient.stranger(gateway).with(owner.token());
        List<String> ids = idsOf(owner, asOwner);
        for (String id : ids) {
            String prefix = id.substring(0, 4);
            if (List.of("ses_", "run_", "doc_", "job_").contains(prefix)) {
                assertThat(asOwner.data("query($id: ID!) { node(id: $id) { id } }", Map.of("id", id))
                                .at("/node/id")
                                .asText())
                        .isEqualTo(id);
            }
        }
        String run = ids.get(1);
        assertThat(asOwner.data("mutation($id: ID!) { cancelRun(id: $id) { ... on Run { id } } }", Map.of("id", run))
                        .at("/cancelRun/id")
                        .asText())
                .isEqualTo(run);
        await().until(() -> asOwner.data("{ session { activeRun { id } } }")
                .at("/session/activeRun")
                .isNull());
    }

    @Test
    void what_is_shared_is_seen_by_all_and_changed_by_administrators() throws Exception {
        Document shared = Uploads.ingested(gateway.documents(), Scope.SHARED, "ours.txt", "a text")
                .document();
        GraphClient caller = GraphClient.session(gateway);
        Map<String, String> id = Map.of("id", shared.id().value());
        assertThat(caller.data("query($id: ID!) { document(id: $id) { scope } }", id)
                        .at("/document/scope")
                        .asText())
                .isEqualTo("SHARED");
        String delete =
                "mutation($id: ID!) { deleteDocument(id: $id) { ... on Problem { code } ... on Done { done } } }";
        assertThat(caller.data(delete, id).at("/deleteDocument/code").asText()).isEqualTo("forbidden");
        assertThat(GraphClient.admin(gateway)
                        .data(delete, id)
                        .at("/deleteDocument/done")
                        .asBoolean())
                .isTrue();
    }
}
