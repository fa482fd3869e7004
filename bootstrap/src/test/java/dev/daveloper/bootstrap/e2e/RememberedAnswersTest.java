package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole gateway in front of an agent whose answers it remembers. */
class RememberedAnswersTest {
    private static final String QUESTION = "How do I connect my own agent?";

    @TempDir
    private Path directory;

    @Test
    void the_same_question_in_a_new_session_is_answered_again_without_the_agent() throws Exception {
        ScriptedAgent scripted = ScriptedAgent.saying("Start it ", "and point ", "the gateway at it.");
        try (ServedAgent agent = ServedAgent.of(scripted, 0);
                RunningProgram gateway = RunningProgram.gateway(directory, agent.target(), "--cache.answers=shared")) {
            EventStream made = Visitor.at(gateway.base()).watch(QUESTION).awaitEnd();
            Visitor second = Visitor.at(gateway.base());
            EventStream given = second.watch(QUESTION).awaitEnd();

            assertThat(scripted.streams()).hasSize(1);
            assertThat(given.text()).isEqualTo(made.text()).isEqualTo("Start it and point the gateway at it.");
            assertThat(made.last().json().at("/message/cached").isMissingNode()).isTrue();
            assertThat(given.last().json().at("/message/cached").booleanValue()).isTrue();
            JsonNode kept = second.history().getLast();
            assertThat(kept.path("text").asText()).isEqualTo(given.text());
            assertThat(kept.path("cached").booleanValue()).isTrue();

            second.ask("And then?");
            assertThat(scripted.streams()).hasSize(2);
            assertThat(gateway.log()).doesNotContain("\tat ").doesNotContain(QUESTION);
        }
    }
}
