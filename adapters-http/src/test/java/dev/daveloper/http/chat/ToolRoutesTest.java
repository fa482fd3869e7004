package dev.daveloper.http.chat;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ToolRoutesTest {
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
    void the_agents_tools_are_listed() throws Exception {
        HttpResponse<String> response = gateway.get("/agent/tools");
        assertThat(json(response).at("/items/0/name").textValue()).isEqualTo("echo");
        assertThat(json(response).at("/items/0/parameters/type").textValue()).isEqualTo("object");
    }

    @Test
    void a_tool_is_tried() throws Exception {
        HttpResponse<String> response = gateway.send(
                gateway.post("/v1/agent/tools/test", "{\"name\":\"echo\",\"arguments\":{\"a\":[1,\"b\"]}}"));
        assertThat(json(response).get("ok").booleanValue()).isTrue();
        assertThat(json(response).get("output").textValue()).isEqualTo("{\"a\":[1,\"b\"]}");
        assertThat(json(gateway.send(gateway.post("/agent/tools/test", "{\"name\":\"echo\"}")))
                        .get("output")
                        .textValue())
                .isEqualTo("{}");
    }

    @Test
    void what_is_no_tool_or_no_arguments_is_refused() throws Exception {
        assertThat(gateway.send(gateway.post("/agent/tools/test", "{\"name\":\"dance\"}"))
                        .statusCode())
                .isEqualTo(404);
        HttpResponse<String> wrong = gateway.send(gateway.post("/agent/tools/test", "{\"arguments\":[],\"more\":1}"));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(wrong)).containsExactlyInAnyOrder("#/name", "#/arguments", "#/more");
    }
}
