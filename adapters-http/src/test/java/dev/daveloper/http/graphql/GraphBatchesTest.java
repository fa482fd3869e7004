package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.application.testkit.Uploads;
import dev.daveloper.domain.chat.AgentEvent.CitationAdded;
import dev.daveloper.domain.chat.Citation;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.TestGateway;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What many things of one answer need is asked for once. Counted at the ports. */
class GraphBatchesTest {
    private static final int TURNS = 25;
    private static final String PAGE = """
            { session { messages(first: 50) { nodes { role citations { documentId document { id name } } } } } }""";

    private final List<String> cited = new CopyOnWriteArrayList<>();
    private final HeardPorts ports = new HeardPorts();
    private final TestGateway gateway =
            TestGateway.of(ScriptedAgent.following(this::citing), GraphClient::withKey, ports::over);

    @AfterEach
    void stop() {
        gateway.close();
    }

    /** Each answer cites two documents: one of its own, and one that all of them cite. */
    private Script citing(AgentRequest request) {
        int turn = Integer.parseInt(request.message());
        return Script.say("so")
                .then(new CitationAdded(citation(1, cited.get(turn % cited.size()))))
                .then(new CitationAdded(citation(2, cited.getFirst())));
    }

    private static Citation citation(int index, String document) {
        return new Citation(index, new Citation.DocumentSource(document), "A text", "so", Optional.empty());
    }

    private String document(Scope scope, int number) {
        return Uploads.ingested(gateway.documents(), scope, "text-" + number + ".txt", "text " + number)
                .document()
                .id()
                .value();
    }

    private GraphClient conversationOf(TestGateway.Caller caller) throws Exception {
        for (int turn = 0; turn < TURNS; turn++) {
            caller.ask(Integer.toString(turn));
        }
        return GraphClient.stranger(gateway).with(caller.token());
    }

    private static List<JsonNode> documentsIn(JsonNode data) {
        return data.findValues("document");
    }

    @Test
    void fifty_messages_with_their_documents_are_two_calls() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        for (int i = 0; i < TURNS; i++) {
            cited.add(document(Scope.of(new SessionId(caller.sessionId())), i));
        }
        GraphClient client = conversationOf(caller);
        ports.forget();
        JsonNode data = client.data(PAGE);
        assertThat(data.at("/session/messages/nodes")).hasSize(2 * TURNS);
        assertThat(documentsIn(data)).hasSize(2 * TURNS).noneMatch(JsonNode::isNull);
        assertThat(data.at("/session/messages/nodes/3/citations/0/document/name")
                        .textValue())
                .isEqualTo("text-1.txt");
        assertThat(ports.times("Chat.history")).isEqualTo(1);
        assertThat(ports.times("Documents.findAll")).isEqualTo(1);
        assertThat(ports.times("Documents.find")).isZero();
    }

    @Test
    void what_is_asked_for_under_many_names_is_one_call_too() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        cited.add(document(Scope.of(new SessionId(caller.sessionId())), 0));
        caller.ask("0");
        ports.forget();
        JsonNode data = GraphClient.stranger(gateway).with(caller.token()).data("""
                { a: session { messages { nodes { citations { document { name } } } } }
                  b: session { messages { nodes { citations { document { name } } } } } }""");
        assertThat(documentsIn(data)).hasSize(4);
        assertThat(ports.times("Documents.findAll")).isEqualTo(1);
    }

    @Test
    void nothing_is_kept_from_one_request_to_the_next_nor_from_one_caller_to_another() throws Exception {
        TestGateway.Caller owner = gateway.newCaller();
        cited.add(document(Scope.of(new SessionId(owner.sessionId())), 0));
        owner.ask("0");
        TestGateway.Caller other = gateway.newCaller();
        other.ask("0");
        GraphClient asOwner = GraphClient.stranger(gateway).with(owner.token());
        GraphClient asOther = GraphClient.stranger(gateway).with(other.token());
        ports.forget();
        assertThat(documentsIn(asOwner.data(PAGE))).noneMatch(JsonNode::isNull);
        assertThat(documentsIn(asOther.data(PAGE))).hasSize(2).allMatch(JsonNode::isNull);
        assertThat(ports.times("Documents.findAll")).isEqualTo(2);
        asOwner.data("mutation($id: ID!) { deleteDocument(id: $id) { __typename } }", Map.of("id", cited.getFirst()));
        assertThat(documentsIn(asOwner.data(PAGE))).allMatch(JsonNode::isNull);
    }

    @Test
    void a_name_that_is_none_of_ours_is_not_asked_for() throws Exception {
        cited.add("a page that the agent knows");
        TestGateway.Caller caller = gateway.newCaller();
        caller.ask("0");
        JsonNode data = GraphClient.stranger(gateway).with(caller.token()).data(PAGE);
        assertThat(documentsIn(data)).hasSize(2).allMatch(JsonNode::isNull);
        assertThat(data.findValue("documentId").textValue()).isEqualTo(cited.getFirst());
    }

    @Test
    void what_nobody_asks_for_is_not_called_for() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        cited.add(document(Scope.SHARED, 0));
        caller.ask("0");
        ports.forget();
        GraphClient.stranger(gateway).with(caller.token()).data("{ session { id messages { nodes { text } } } }");
        assertThat(ports.calls()).doesNotContain("Documents.findAll", "Chat.find", "Chat.active");
    }

    @Test
    void what_is_sent_and_how_it_went_is_read_once_for_both() throws Exception {
        GraphClient admin = GraphClient.admin(gateway);
        String webhook = admin.data("""
                mutation { createWebhook(input: { url: "https://example.org/hook" }) {
                  ... on WebhookSecret { webhook { id } } } }""").at("/createWebhook/webhook/id").textValue();
        admin.data("mutation($id: ID!) { testWebhook(id: $id) { __typename } }", Map.of("id", webhook));
        ports.forget();
        JsonNode data = admin.data("""
                query($id: ID!) { webhook(id: $id) {
                  deliveries { nodes { payload attempts { number } } } } }""", Map.of("id", webhook));
        assertThat(data.at("/webhook/deliveries/nodes/0/payload").isObject()).isTrue();
        assertThat(ports.times("Webhooks.delivery")).isEqualTo(1);
    }
}
