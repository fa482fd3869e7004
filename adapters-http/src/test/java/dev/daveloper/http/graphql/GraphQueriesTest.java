package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.TestGateway;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GraphQueriesTest {
    private final TestGateway gateway = TestGateway.of(ScriptedAgent.saying("Hello", " there"), GraphClient::withKey);
    private final GraphClient stranger = GraphClient.stranger(gateway);

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void a_conversation_is_had_by_graphql_alone() throws Exception {
        JsonNode opened = stranger.data("""
                mutation { openSession {
                  __typename ... on OpenedSession { token session { id activeRun { id } } } } }""").get("openSession");
        assertThat(opened.get("__typename").textValue()).isEqualTo("OpenedSession");
        GraphClient caller = stranger.with(opened.get("token").textValue());

        Map<String, ?> input = Map.of("message", "Hi", "clientMessageId", "m-1");
        JsonNode sent = caller.data("""
                mutation($input: SendMessageInput!) { sendMessage(input: $input) {
                  ... on SentMessage { attached run { id status } session { id } }
                  ... on Problem { code } } }""", Map.of("input", input)).get("sendMessage");
        assertThat(sent.get("attached").booleanValue()).isFalse();
        assertThat(sent.at("/session/id")).isEqualTo(opened.at("/session/id"));
        String run = sent.at("/run/id").textValue();
        await().untilAsserted(() -> assertThat(
                        caller.data("query($id: ID!) { run(id: $id) { status } }", Map.of("id", run))
                                .at("/run/status")
                                .textValue())
                .isEqualTo("FINISHED"));

        JsonNode page = caller.data("""
                { session { messages(first: 10) {
                  nodes { id role text outcome run { id message { text } } cached citations { title } }
                  pageInfo { hasNextPage endCursor } } } }""").at("/session/messages");
        assertThat(page.at("/nodes/0/role").textValue()).isEqualTo("USER");
        assertThat(page.at("/nodes/1/text").textValue()).isEqualTo("Hello there");
        assertThat(page.at("/nodes/1/outcome").textValue()).isEqualTo("COMPLETED");
        assertThat(page.at("/nodes/1/run/message/text").textValue()).isEqualTo("Hello there");
        assertThat(page.at("/pageInfo/hasNextPage").booleanValue()).isFalse();
    }

    @Test
    void the_same_message_again_attaches_to_its_run() throws Exception {
        GraphClient caller = GraphClient.session(gateway);
        String send = """
                mutation { sendMessage(input: { message: "Hi", clientMessageId: "m-1" }) {
                  ... on SentMessage { attached run { id } } } }""";
        JsonNode first = caller.data(send).get("sendMessage");
        JsonNode again = caller.data(send).get("sendMessage");
        assertThat(again.get("attached").booleanValue()).isTrue();
        assertThat(again.get("run")).isEqualTo(first.get("run"));
    }

    @Test
    void pages_are_followed_by_their_cursors() throws Exception {
        GraphClient caller = GraphClient.session(gateway);
        for (int i = 0; i < 2; i++) {
            caller.data("mutation { sendMessage(input: { message: \"Hi\" }) { __typename } }");
            await().until(() -> caller.data("{ session { activeRun { id } } }")
                    .at("/session/activeRun")
                    .isNull());
        }
        String query = """
                query($after: String) { session { messages(first: 3, after: $after) {
                  edges { cursor node { id } } pageInfo { hasNextPage endCursor } } } }""";
        JsonNode first = caller.data(query).at("/session/messages");
        assertThat(first.get("edges")).hasSize(3);
        assertThat(first.at("/pageInfo/hasNextPage").booleanValue()).isTrue();
        JsonNode next = caller.data(
                        query, Map.of("after", first.at("/pageInfo/endCursor").textValue()))
                .at("/session/messages");
        assertThat(next.get("edges")).hasSize(1);
        assertThat(next.at("/pageInfo/hasNextPage").booleanValue()).isFalse();
        assertThat(caller.code("{ session { messages(first: 0) { nodes { id } } } }"))
                .isEqualTo("invalid_request");
        assertThat(caller.code("{ session { messages(first: 201) { nodes { id } } } }"))
                .isEqualTo("invalid_request");
        assertThat(caller.code("{ session { messages(after: \"x\") { nodes { id } } } }"))
                .isEqualTo("invalid_request");
    }

    @Test
    void whatever_has_an_id_is_found_by_it_alone_and_by_its_owner_alone() throws Exception {
        GraphClient caller = GraphClient.session(gateway);
        JsonNode sent = caller.data("""
                mutation { sendMessage(input: { message: "Hi" }) {
                  ... on SentMessage { run { id } session { id } } } }""").get("sendMessage");
        String run = sent.at("/run/id").textValue();
        String session = sent.at("/session/id").textValue();
        String node = "query($id: ID!) { node(id: $id) { __typename id } }";
        assertThat(caller.data(node, Map.of("id", run)).at("/node/__typename").textValue())
                .isEqualTo("Run");
        assertThat(caller.data(node, Map.of("id", session)).at("/node/id").textValue())
                .isEqualTo(session);
        GraphClient other = GraphClient.session(gateway);
        for (String id : new String[] {run, session, "run_x", "nothing", "", "doc_01jc3v5m6x8qf7k2n9r4t0w1ae"}) {
            assertThat(other.data(node, Map.of("id", id)).get("node").isNull())
                    .as(id)
                    .isTrue();
        }
    }

    @Test
    void what_may_be_refused_is_a_result_and_what_is_wrong_is_an_error() throws Exception {
        GraphClient caller = GraphClient.session(gateway);
        String send =
                "mutation($m: String!) { sendMessage(input: { message: $m }) { ... on Problem { code detail } } }";
        assertThat(caller.data(send, Map.of("m", "")).at("/sendMessage/code").textValue())
                .isEqualTo("invalid_request");
        assertThat(caller.data("mutation { cancelRun(id: \"run_x\") { ... on Problem { code } } }")
                        .at("/cancelRun/code")
                        .textValue())
                .isEqualTo("not_found");
        JsonNode unknown = caller.ask("{ run(id: \"run_01jc3v5m6x8qf7k2n9r4t0w1ae\") { id } }");
        assertThat(unknown.at("/errors/0/extensions/code").textValue()).isEqualTo("not_found");
        assertThat(unknown.at("/errors/0/path/0").textValue()).isEqualTo("run");
        assertThat(unknown.at("/data/run").isNull()).isTrue();
    }

    @Test
    void a_session_ends_and_is_renewed() throws Exception {
        GraphClient caller = GraphClient.session(gateway);
        String token = caller.data("mutation { renewSession { ... on OpenedSession { token } } }")
                .at("/renewSession/token")
                .textValue();
        assertThat(caller.data("{ session { id } }").get("session").isNull()).isTrue();
        GraphClient renewed = caller.with(token);
        assertThat(renewed.data("mutation { clearConversation { ... on Done { done } } }")
                        .at("/clearConversation/done")
                        .booleanValue())
                .isTrue();
        assertThat(renewed.data("mutation { endSession { ... on Done { done } } }")
                        .at("/endSession/done")
                        .booleanValue())
                .isTrue();
        assertThat(renewed.data("{ session { id } }").get("session").isNull()).isTrue();
    }

    @Test
    void anybody_may_know_how_the_gateway_is_and_what_the_agent_can_use() throws Exception {
        JsonNode data = stranger.data("{ health { status components { name detail } } tools { name parameters } }");
        assertThat(data.at("/health/status").textValue()).isEqualTo("PASS");
        assertThat(data.get("tools").isArray()).isTrue();
    }

    @Test
    void operators_see_and_turn_what_they_do_over_rest() throws Exception {
        GraphClient admin = GraphClient.admin(gateway);
        JsonNode data = admin.data("""
                { sessionCounts { live opened } cache { entries coherent namespaces { namespace hitRatio } warmable }
                  limitPolicies { name rule changed } health { components { name vital latency } } }""");
        assertThat(data.at("/sessionCounts/live").isNumber()).isTrue();
        JsonNode put = admin.data("""
                mutation { putLimitPolicy(name: "few", rule: "few: 5000 per 1h by session on chat") {
                  ... on LimitPolicy { name rule changed } ... on Problem { code detail } } }""");
        assertThat(put.at("/putLimitPolicy/name").textValue()).isEqualTo("few");
        assertThat(admin.data("mutation { forgetCached { ... on ForgottenCached { everywhere } } }")
                        .at("/forgetCached/everywhere")
                        .booleanValue())
                .isTrue();
    }
}
