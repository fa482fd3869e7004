package dev.daveloper.http.chat;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What somebody writes reaches the agent, the history and every viewer as it was written, character by character. */
class VerbatimTest {
    private static final List<String> TEXTS = List.of(
            "caf\u00e9",
            "cafe\u0301",
            "\u212b \u00c5 A\u030a",
            "\ufb01 \u1e9b\u0323 \u2460",
            "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67 \ud83c\udff4\udb40\udc67\udb40\udc7f",
            "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 abc",
            "\u202eabc\u202c\u2066x\u2069\u200f",
            "a\r\nb\rc\nd\te",
            "\ud840\udc00 \udbff\udffd \uffff",
            "a\u2028b\u2029c\u0085d",
            "  white\u00a0space\u3000around  \n",
            "<b>&amp;&lt;\"'` ${x} {{y}} %s \\u0041 \\n",
            "\ufeffmark \u200b\u00ad\u0001\u007f\u001b[0m",
            "e" + "\u0301".repeat(5_000),
            "\ud83d\ude00".repeat(16_000));

    @Test
    void over_rest_as_over_a_web_socket() throws Exception {
        ScriptedAgent agent = ScriptedAgent.following(request -> Script.say(request.message()));
        try (TestGateway gateway = TestGateway.of(agent)) {
            TestGateway.Caller caller = gateway.newCaller();
            for (String text : TEXTS) {
                HttpResponse<String> response = gateway.send(
                        caller.post("/agent/chat", TestGateway.JSON.writeValueAsString(Map.of("message", text))));
                assertThat(json(response).at("/message/text").textValue()).isEqualTo(text);
            }
            List<String> small =
                    TEXTS.stream().filter(text -> text.length() < 20_000).toList();
            try (SocketClient client = SocketClient.ready(gateway, caller)) {
                for (String text : small) {
                    client.say(TestGateway.JSON.writeValueAsString(Map.of("type", "chat.send", "message", text)));
                    assertThat(client.next("text.delta").path("text").textValue())
                            .isEqualTo(text);
                    assertThat(client.next("run.finished").at("/message/text").textValue())
                            .isEqualTo(text);
                }
            }
            List<String> sent = new ArrayList<>(TEXTS);
            sent.addAll(small);
            assertThat(agent.requests())
                    .extracting(request -> request.message())
                    .isEqualTo(sent);
            assertThat(history(caller, "user")).isEqualTo(sent);
            assertThat(history(caller, "assistant")).isEqualTo(sent);
        }
    }

    private static List<String> history(TestGateway.Caller caller, String role) throws Exception {
        JsonNode page = json(caller.get("/agent/chat/history/" + caller.sessionId() + "?limit=200"));
        return page.path("items")
                .valueStream()
                .filter(message -> message.path("role").textValue().equals(role))
                .map(message -> message.path("text").textValue())
                .toList();
    }
}
