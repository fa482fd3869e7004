package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.http.HttpLimits;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.chat.Viewers;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked and told over graphql-transport-ws. */
class GraphSocketTest {
    private static final String SEND = """
            mutation { sendMessage(input: { message: "Hi" }) { __typename ... on SentMessage { run { id } } } }""";
    private static final String EVENTS = """
            subscription($run: ID!, $after: String) { runEvents(runId: $run, after: $after) {
              __typename cursor ... on TextDelta { text } ... on RunFinished { message { text outcome } } } }""";

    private final CountDownLatch gate = new CountDownLatch(1);
    private final Viewers followers = new Viewers();
    private final TestGateway gateway = TestGateway.of(
            ScriptedAgent.following(
                    request -> Script.say("Hel").thenWaitFor(gate).thenSay("lo")),
            GraphClient::withKey,
            followers::watching);

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static String startRun(GraphSocketClient client) throws InterruptedException {
        client.subscribe("send", SEND, Map.of());
        return client.only("send").at("/sendMessage/run/id").textValue();
    }

    /** What the next event of the operation is. */
    private static JsonNode event(GraphSocketClient client, String id) throws InterruptedException {
        return client.next("next", id).at("/payload/data/runEvents");
    }

    private static JsonNode event(GraphSocketClient client, String id, String type) throws InterruptedException {
        JsonNode event = event(client, id);
        while (!event.get("__typename").textValue().equals(type)) {
            event = event(client, id);
        }
        return event;
    }

    @Test
    void an_answer_is_asked_for_and_followed_to_its_end_on_one_connection() throws Exception {
        try (GraphSocketClient client =
                GraphSocketClient.of(gateway, gateway.newCaller().token())) {
            assertThat(client.subprotocol()).isEqualTo("graphql-transport-ws");
            String run = startRun(client);
            client.subscribe("1", EVENTS, Map.of("run", run));
            assertThat(event(client, "1").get("__typename").textValue()).isEqualTo("RunStarted");
            assertThat(event(client, "1", "TextDelta").get("text").textValue()).isEqualTo("Hel");
            gate.countDown();
            assertThat(event(client, "1", "TextDelta").get("text").textValue()).isEqualTo("lo");
            JsonNode finished = event(client, "1", "RunFinished");
            assertThat(finished.at("/message/text").textValue()).isEqualTo("Hello");
            assertThat(finished.at("/message/outcome").textValue()).isEqualTo("COMPLETED");
            client.next("complete", "1");
            await().until(() -> followers.following() == 0);

            client.subscribe("1", EVENTS, Map.of("run", run));
            assertThat(event(client, "1", "RunFinished").get("cursor")).isEqualTo(finished.get("cursor"));
            client.next("complete", "1");
            client.subscribe(
                    "2",
                    EVENTS,
                    Map.of("run", run, "after", finished.get("cursor").textValue()));
            client.next("complete", "2");
        }
    }

    @Test
    void whoever_was_cut_off_comes_back_with_a_cursor_and_misses_nothing() throws Exception {
        String token = gateway.newCaller().token();
        String run;
        String cursor;
        try (GraphSocketClient client = GraphSocketClient.of(gateway, token)) {
            run = startRun(client);
            client.subscribe("1", EVENTS, Map.of("run", run));
            cursor = event(client, "1", "TextDelta").get("cursor").textValue();
        }
        await().until(() -> followers.following() == 0);
        gate.countDown();
        try (GraphSocketClient client = GraphSocketClient.of(gateway, token)) {
            client.subscribe("1", EVENTS, Map.of("run", run, "after", cursor));
            assertThat(event(client, "1").get("text").textValue()).isEqualTo("lo");
            assertThat(event(client, "1").at("/message/text").textValue()).isEqualTo("Hello");
            client.next("complete", "1");
        }
    }

    @Test
    void a_follower_ends_at_once_when_its_client_has_had_enough() throws Exception {
        try (GraphSocketClient client =
                GraphSocketClient.of(gateway, gateway.newCaller().token())) {
            String run = startRun(client);
            client.subscribe("1", EVENTS, Map.of("run", run));
            client.subscribe("2", EVENTS, Map.of("run", run));
            await().until(() -> followers.following() == 2);
            client.complete("1");
            await().until(() -> followers.following() == 1);
            client.complete("1");
            client.complete("never there");
            client.leave();
            await().until(() -> followers.following() == 0);
            assertThat(followers.ended()).isEqualTo(2);
        }
    }

    @Test
    void an_id_is_free_again_when_its_operation_is_over_and_not_before() throws Exception {
        try (GraphSocketClient client =
                GraphSocketClient.of(gateway, gateway.newCaller().token())) {
            for (int i = 0; i < 20; i++) {
                client.subscribe("q", "{ session { id } }", Map.of());
                assertThat(client.only("q").at("/session/id").textValue()).startsWith("ses_");
            }
            client.subscribe("1", EVENTS, Map.of("run", startRun(client)));
            event(client, "1", "TextDelta");
            client.subscribe("1", "{ session { id } }", Map.of());
            assertThat(client.closing()).isEqualTo("4409 Subscriber for 1 already exists");
        }
    }

    @Test
    void what_is_wrong_with_an_operation_ends_it_alone() throws Exception {
        try (GraphSocketClient client = GraphSocketClient.stranger(gateway)) {
            client.subscribe("1", "{ nothing }", Map.of());
            assertThat(client.next("error", "1")
                            .at("/payload/0/extensions/code")
                            .textValue())
                    .isEqualTo("query_invalid");
            client.subscribe("2", EVENTS, Map.of("run", "run_00000000000000000000000000"));
            assertThat(client.next("error", "2")
                            .at("/payload/0/extensions/code")
                            .textValue())
                    .isEqualTo("session_required");
            client.subscribe("3", SEND, Map.of());
            assertThat(client.next("next", "3")
                            .at("/payload/errors/0/extensions/code")
                            .textValue())
                    .isEqualTo("session_required");
            client.next("complete", "3");
            client.say("{\"id\":\"4\",\"type\":\"subscribe\",\"payload\":{}}");
            assertThat(client.next("error", "4").at("/payload/0/message").textValue())
                    .isEqualTo("A query is needed.");
            client.subscribe("5", "{ health { status } }", Map.of());
            assertThat(client.only("5").at("/health/status").isTextual()).isTrue();
            assertThat(client.hasMore()).isFalse();
        }
    }

    @Test
    void a_run_of_somebody_else_is_not_found_and_a_cursor_must_be_one() throws Exception {
        String run = gateway.newCaller().startRun("Hi");
        try (GraphSocketClient client =
                GraphSocketClient.of(gateway, gateway.newCaller().token())) {
            client.subscribe("1", EVENTS, Map.of("run", run));
            assertThat(client.next("error", "1")
                            .at("/payload/0/extensions/code")
                            .textValue())
                    .isEqualTo("not_found");
            client.subscribe("2", EVENTS, Map.of("run", run, "after", "yesterday"));
            assertThat(client.next("error", "2")
                            .at("/payload/0/extensions/code")
                            .textValue())
                    .isEqualTo("invalid_request");
        }
        assertThat(followers.following()).isZero();
    }

    @Test
    void a_session_that_is_opened_on_the_connection_is_told_and_not_the_connections() throws Exception {
        try (GraphSocketClient client = GraphSocketClient.stranger(gateway)) {
            client.subscribe("1", "mutation { openSession { ... on OpenedSession { token } } }", Map.of());
            String token = client.only("1").at("/openSession/token").textValue();
            client.subscribe("2", "{ session { id } }", Map.of());
            assertThat(client.only("2").get("session").isNull()).isTrue();
            try (GraphSocketClient own = GraphSocketClient.of(gateway, token)) {
                own.subscribe("3", "{ session { id } }", Map.of());
                assertThat(own.only("3").at("/session/id").textValue()).startsWith("ses_");
            }
        }
    }

    @Test
    void the_end_of_a_session_is_the_end_of_its_connections() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        try (GraphSocketClient client = GraphSocketClient.of(gateway, caller.token())) {
            client.subscribe("1", EVENTS, Map.of("run", startRun(client)));
            event(client, "1", "TextDelta");
            assertThat(caller.delete("/sessions/current").statusCode()).isEqualTo(204);
            assertThat(client.closeCode()).isEqualTo(1008);
            await().until(() -> followers.following() == 0);
        }
    }

    @Test
    void no_more_operations_go_on_at_once_than_may() throws Exception {
        int max = HttpLimits.DEFAULT.maxFollowsPerSocket();
        try (GraphSocketClient client =
                GraphSocketClient.of(gateway, gateway.newCaller().token())) {
            String run = startRun(client);
            for (int i = 0; i < max; i++) {
                client.subscribe("s" + i, EVENTS, Map.of("run", run));
                await().until(new Opened(followers, i + 1)::isSo);
            }
            client.subscribe("more", EVENTS, Map.of("run", run));
            JsonNode message = client.next();
            while (!message.get("id").textValue().equals("more")) {
                message = client.next();
            }
            assertThat(message.get("type").textValue()).isEqualTo("error");
            assertThat(message.at("/payload/0/extensions/code").textValue()).isEqualTo("too_many_viewers");
            assertThat(followers.following()).isEqualTo(max);
        }
    }

    private record Opened(Viewers followers, int count) {
        boolean isSo() {
            return followers.following() == count;
        }
    }
}
