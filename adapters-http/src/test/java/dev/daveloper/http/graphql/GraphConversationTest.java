package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.http.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GraphConversationTest {
    private static final String SEND =
            "mutation { sendMessage(input: { message: \"Hi\" }) { ... on SentMessage { run { id } session { id } } } }";

    private final TestGateway gateway = TestGateway.of(ScriptedAgent.following(
            request -> Script.say("Two").then(new AgentEvent.ToolStarted("c1", "add", new Json("{\"of\":[1,1]}")))));
    private final GraphClient stranger = GraphClient.stranger(gateway);

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void what_a_tool_was_given_is_the_value_that_it_is_over_rest_and_no_text_of_it() throws Exception {
        GraphClient caller = GraphClient.session(gateway);
        caller.data(SEND);
        await().untilAsserted(() -> {
            JsonNode calls = caller.data("{ session { messages { nodes { toolCalls { name arguments } } } } }")
                    .at("/session/messages/nodes/1/toolCalls");
            assertThat(calls.toString()).isEqualTo("[{\"name\":\"add\",\"arguments\":{\"of\":[1,1]}}]");
        });
    }

    @Test
    void who_names_a_session_that_there_is_not_is_not_given_another_silently() throws Exception {
        assertThat(stranger.with("guessed").code(SEND)).isEqualTo("session_required");
        assertThat(gateway.core().sessions().counts().opened()).isZero();
        assertThat(stranger.data(SEND).at("/sendMessage/session/id").textValue())
                .startsWith("ses_");
    }
}
