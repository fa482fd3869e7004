package dev.daveloper.http.chat;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.domain.failures.CursorGone;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HistoryRoutesTest {
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.of(ScriptedAgent.saying("hello"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void history_comes_in_pages_oldest_first_and_is_forgotten_on_demand() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        caller.ask("one");
        caller.ask("two");
        String path = "/agent/chat/history/" + caller.sessionId();
        JsonNode first = json(caller.get("/v1" + path + "?limit=3"));
        assertThat(first.get("items")).hasSize(3);
        assertThat(first.at("/items/0/role").textValue()).isEqualTo("user");
        assertThat(first.at("/items/0/text").textValue()).isEqualTo("one");
        assertThat(first.at("/items/1/role").textValue()).isEqualTo("assistant");
        assertThat(first.at("/items/1/outcome").textValue()).isEqualTo("completed");
        assertThat(first.at("/items/1/citations").isArray()).isTrue();
        JsonNode second = json(
                caller.get(path + "?limit=3&cursor=" + first.get("nextCursor").textValue()));
        assertThat(second.get("items")).hasSize(1);
        assertThat(second.get("nextCursor").isNull()).isTrue();

        assertThat(caller.delete(path).statusCode()).isEqualTo(204);
        assertThat(json(caller.get(path)).get("items")).isEmpty();
    }

    @Test
    void a_foreign_an_unknown_and_a_malformed_id_look_the_same() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        String foreign = gateway.newCaller().sessionId();
        String foreignRun = gateway.newCaller().startRun("mine");
        for (String path : List.of(
                "/agent/chat/history/" + foreign,
                "/agent/chat/history/ses_00000000000000000000000000",
                "/agent/chat/history/nonsense")) {
            assertThat(withoutPlace(caller.get(path))).isEqualTo(withoutPlace(caller.get("/agent/chat/history/x")));
            assertThat(caller.delete(path).statusCode()).isEqualTo(404);
            assertThat(gateway.get(path).statusCode()).isEqualTo(401);
        }
        for (String id : List.of(foreignRun, "run_00000000000000000000000000", "nonsense")) {
            String path = "/agent/runs/" + id;
            assertThat(withoutPlace(caller.get(path))).isEqualTo(withoutPlace(caller.get("/agent/runs/x")));
            assertThat(caller.get(path + "/events").statusCode()).isEqualTo(404);
            assertThat(gateway.send(caller.post(path + "/cancel", "")).statusCode())
                    .isEqualTo(404);
            assertThat(gateway.get(path).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void wrong_pages_and_cursors_are_named() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        String path = "/agent/chat/history/" + caller.sessionId();
        for (String limit : List.of("0", "201", "many")) {
            HttpResponse<String> response = caller.get(path + "?limit=" + limit);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(TestGateway.pointers(response)).containsExactly("#/limit");
        }
        assertThat(caller.get(path + "?cursor=nonsense").statusCode()).isEqualTo(400);
        String run = caller.startRun("hi");
        for (String after : List.of("1", "-1", "01-2", "1-x", "1-99999999999999999999")) {
            HttpResponse<String> response = caller.get("/agent/runs/" + run + "/events?after=" + after);
            assertThat(response.statusCode()).as(after).isEqualTo(400);
            assertThat(TestGateway.pointers(response)).containsExactly("#/after");
        }
        HttpResponse<String> asJson =
                gateway.send(caller.request("/agent/runs/" + run + "/events").header("Accept", "application/json"));
        assertThat(asJson.statusCode()).isEqualTo(406);
    }

    @Test
    void a_log_that_is_no_longer_held_is_gone() throws Exception {
        try (TestGateway forgetful = TestGateway.withPorts(
                ScriptedAgent.saying("hello"), ports -> FailingChat.at(ports, "follow", new CursorGone()))) {
            TestGateway.Caller caller = forgetful.newCaller();
            String run = json(caller.ask("one")).get("runId").textValue();
            HttpResponse<String> gone = caller.get("/agent/runs/" + run + "/events?after=1-1");
            assertThat(gone.statusCode()).isEqualTo(410);
            assertThat(json(gone).get("code").textValue()).isEqualTo("cursor_gone");
            assertThat(json(caller.get("/agent/runs/" + run))
                            .at("/message/text")
                            .textValue())
                    .isEqualTo("hello");
            try (SocketClient client = SocketClient.ready(forgetful, caller)) {
                client.say("{\"type\":\"run.follow\",\"id\":\"1\",\"runId\":\"" + run + "\"}");
                assertThat(client.next("error").at("/problem/code").textValue()).isEqualTo("cursor_gone");
            }
        }
    }

    private static JsonNode withoutPlace(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).isEqualTo(404);
        ObjectNode body = (ObjectNode) json(response);
        body.remove(List.of("instance", "traceId"));
        return body;
    }
}
