package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.chat.Viewers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked and told over server-sent events, as graphql-sse has it for distinct connections. */
class GraphStreamTest {
    private static final String EVENTS = """
            subscription($run: ID!, $after: String) { runEvents(runId: $run, after: $after) {
              __typename cursor ... on TextDelta { text } ... on RunFinished { message { text } } } }""";

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

    /** A stream as it is read, line by line. */
    private static final class Stream implements AutoCloseable {
        private final HttpResponse<InputStream> response;
        private final BufferedReader lines;

        Stream(TestGateway gateway, HttpRequest.Builder request) throws Exception {
            this.response = gateway.client()
                    .send(request.setHeader("Accept", "text/event-stream").build(), BodyHandlers.ofInputStream());
            this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        /** The data of the next {@code next}; null when {@code complete} came. */
        JsonNode next() throws Exception {
            String line = lines.readLine();
            while (!line.startsWith("event: ")) {
                line = lines.readLine();
            }
            String data = lines.readLine();
            if (line.equals("event: complete")) {
                assertThat(data).isEqualTo("data:");
                assertThat(lines.readLine()).isEmpty();
                return null;
            }
            assertThat(line).isEqualTo("event: next");
            assertThat(lines.readLine()).isEmpty();
            return TestGateway.JSON.readTree(data.substring("data: ".length()));
        }

        List<JsonNode> all() throws Exception {
            List<JsonNode> all = new ArrayList<>();
            for (JsonNode next = next(); next != null; next = next()) {
                all.add(next);
            }
            assertThat(lines.readLine()).isNull();
            return all;
        }

        @Override
        public void close() throws IOException {
            response.body().close();
        }
    }

    @Test
    void an_answer_is_followed_to_its_end_and_from_a_cursor() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        GraphClient client = GraphClient.stranger(gateway).with(caller.token());
        String run = caller.startRun("Hi");
        String cursor;
        try (Stream stream = new Stream(gateway, client.post(EVENTS, Map.of("run", run)))) {
            assertThat(stream.response.statusCode()).isEqualTo(200);
            assertThat(stream.response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            assertThat(stream.next().at("/data/runEvents/__typename").textValue())
                    .isEqualTo("RunStarted");
            JsonNode delta = stream.next().at("/data/runEvents");
            assertThat(delta.get("text").textValue()).isEqualTo("Hel");
            cursor = delta.get("cursor").textValue();
            assertThat(followers.following()).isEqualTo(1);
        }
        gate.countDown();
        try (Stream stream = new Stream(gateway, client.post(EVENTS, Map.of("run", run, "after", cursor)))) {
            List<JsonNode> rest = stream.all();
            assertThat(rest).hasSize(2);
            assertThat(rest.get(0).at("/data/runEvents/text").textValue()).isEqualTo("lo");
            assertThat(rest.get(1).at("/data/runEvents/message/text").textValue())
                    .isEqualTo("Hello");
        }
        await().until(() -> followers.following() == 0);
    }

    @Test
    void queries_come_as_one_event_by_either_method() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        GraphClient client = GraphClient.stranger(gateway).with(caller.token());
        String query = "{ session { id } }";
        String address = "/graphql?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        for (HttpRequest.Builder request : List.of(client.post(query, Map.of()), client.request(address))) {
            try (Stream stream = new Stream(gateway, request)) {
                List<JsonNode> all = stream.all();
                assertThat(all).hasSize(1);
                assertThat(all.getFirst().at("/data/session/id").textValue()).isEqualTo(caller.sessionId());
            }
        }
    }

    @Test
    void what_is_wrong_is_an_event_too() throws Exception {
        GraphClient stranger = GraphClient.stranger(gateway);
        Map<String, String> wrong = Map.of(
                "{ nothing }", "query_invalid",
                "subscription { runEvents(runId: \"run_1\") { cursor } }", "session_required");
        for (Map.Entry<String, String> each : wrong.entrySet()) {
            try (Stream stream = new Stream(gateway, stranger.post(each.getKey(), Map.of()))) {
                assertThat(stream.response.statusCode()).isEqualTo(200);
                List<JsonNode> all = stream.all();
                assertThat(all).hasSize(1);
                assertThat(all.getFirst().at("/errors/0/extensions/code").textValue())
                        .isEqualTo(each.getValue());
                assertThat(all.getFirst().has("data")).isFalse();
            }
        }
    }

    @Test
    void a_subscription_is_no_single_answer() throws Exception {
        GraphClient client = GraphClient.session(gateway);
        HttpResponse<String> refused =
                client.send(client.post("subscription { sessionEvents { __typename } }", Map.of()));
        assertThat(refused.statusCode()).isEqualTo(406);
        assertThat(refused.body()).contains("text/event-stream");
    }

    @Test
    void the_end_of_a_session_is_the_end_of_its_streams() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        GraphClient client = GraphClient.stranger(gateway).with(caller.token());
        String run = caller.startRun("Hi");
        try (Stream stream = new Stream(gateway, client.post(EVENTS, Map.of("run", run)))) {
            stream.next();
            assertThat(caller.delete("/sessions/current").statusCode()).isEqualTo(204);
            await().until(() -> followers.following() == 0);
        }
    }
}
