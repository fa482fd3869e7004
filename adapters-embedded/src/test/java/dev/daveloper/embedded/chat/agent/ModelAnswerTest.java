package dev.daveloper.embedded.chat.agent;

import static dev.daveloper.application.testkit.AgentAnswers.PATIENCE;
import static dev.daveloper.application.testkit.AgentAnswers.allOf;
import static dev.daveloper.application.testkit.AgentAnswers.asking;
import static dev.daveloper.application.testkit.AgentAnswers.nextOf;
import static dev.daveloper.application.testkit.AgentAnswers.textOf;
import static dev.daveloper.application.testkit.AgentAnswers.within;
import static dev.daveloper.embedded.chat.agent.ModelChunks.DONE;
import static dev.daveloper.embedded.chat.agent.ModelChunks.STOP;
import static dev.daveloper.embedded.chat.agent.ModelChunks.USAGE;
import static dev.daveloper.embedded.chat.agent.ModelChunks.call;
import static dev.daveloper.embedded.chat.agent.ModelChunks.callGoesOn;
import static dev.daveloper.embedded.chat.agent.ModelChunks.text;
import static dev.daveloper.embedded.chat.agent.ModelChunks.toolStop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.domain.chat.Citation;
import dev.daveloper.domain.chat.Usage;
import dev.daveloper.domain.failures.AgentFailed;
import dev.daveloper.domain.failures.AgentTimeout;
import dev.daveloper.domain.failures.AgentUnavailable;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.embedded.documents.Fixtures;
import dev.daveloper.embedded.documents.PassageIndex;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelAnswerTest {
    private static final PassageIndex INDEX = PassageIndex.of(Fixtures.documents());
    private static final String KEY = "sk-secret-key";

    private final StubServer server = new StubServer();
    private final BuiltInAgent agent = BuiltInAgent.create(
            BuiltInAgentConfig.of(INDEX).withOpenAi(new OpenAiConfig(server.url("/v1"), KEY, "test-model")));

    @AfterEach
    void close() {
        agent.close();
        server.close();
    }

    @AfterAll
    static void closeIndex() {
        INDEX.close();
    }

    @Test
    void the_models_words_are_passed_on_as_they_come_with_its_usage() throws Exception {
        server.thenStream(text("Hel") + text("lo") + STOP + USAGE + DONE);
        assertThat(ask("How do I connect my own agent?"))
                .containsExactly(
                        new AgentEvent.TextDelta("Hel"),
                        new AgentEvent.TextDelta("lo"),
                        new AgentEvent.UsageReported(new Usage(120, 7)));
    }

    @Test
    void the_model_is_told_the_conversation_and_numbered_passages() throws Exception {
        server.thenStream(text("Yes.") + STOP + DONE);
        AgentRequest asked = asking("How do I connect my own agent?");
        answerTo(new AgentRequest(
                asked.run(),
                asked.message(),
                BuiltInAgentTest.conversation("What is Daveloper?"),
                true,
                OptionalInt.of(77),
                asked.budget()));
        StubServer.Request sent = server.requests.getFirst();
        JsonNode body = JsonText.read(sent.body());
        assertThat(sent.path()).isEqualTo("/v1/chat/completions");
        assertThat(sent.authorization()).isEqualTo("Bearer " + KEY);
        assertThat(body.path("model").asText()).isEqualTo("test-model");
        assertThat(body.path("stream").asBoolean()).isTrue();
        assertThat(body.at("/stream_options/include_usage").asBoolean()).isTrue();
        assertThat(body.path("max_tokens").asInt()).isEqualTo(77);
        assertThat(body.at("/messages/0/content").asText()).contains("[1] Connect your own agent", "agent.target");
        assertThat(body.at("/messages/1/content").asText()).isEqualTo("What is Daveloper?");
        assertThat(body.at("/messages/2/role").asText()).isEqualTo("assistant");
        assertThat(body.at("/messages/3/content").asText()).isEqualTo("How do I connect my own agent?");
        assertThat(body.path("tools"))
                .extracting(tool -> tool.at("/function/name").asText())
                .containsExactly("search_documents", "current_time", "calculator", "github_repository");
    }

    @Test
    void a_passage_is_cited_once_when_its_number_first_appears_though_it_is_split() throws Exception {
        server.thenStream(text("Set it [") + text("1") + text("]. Again [1], [99] and list[2].") + STOP + DONE);
        List<AgentEvent> events = ask("How do I connect my own agent?");
        assertThat(events)
                .filteredOn(AgentEvent.CitationAdded.class::isInstance)
                .hasSize(1);
        assertThat(events.get(2)).isInstanceOfSatisfying(AgentEvent.CitationAdded.class, added -> {
            Citation citation = added.citation();
            Citation.Position position = citation.position().orElseThrow();
            String markdown = INDEX.document("guides/agents").orElseThrow().markdown();
            assertThat(citation.index()).isEqualTo(1);
            assertThat(citation.quote()).isEqualTo(markdown.substring(position.start(), position.end()));
        });
    }

    @Test
    void characters_that_are_split_between_packets_and_foreign_line_ends_do_no_harm() throws Exception {
        byte[] whole = (text("Grüße 👋") + STOP + DONE).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        byte[][] single = new byte[whole.length][];
        Arrays.setAll(single, i -> new byte[] {whole[i]});
        server.thenStream(single);
        assertThat(textOf(ask("Hello"))).isEqualTo("Grüße 👋");
    }

    @Test
    void what_the_model_thinks_is_told_apart_from_what_it_says() throws Exception {
        server.thenStream("data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"Hm.\"}}]}\n\n"
                + text("Yes.") + STOP + DONE);
        assertThat(ask("Hello"))
                .containsExactly(new AgentEvent.ReasoningDelta("Hm."), new AgentEvent.TextDelta("Yes."));
    }

    @Test
    void a_tool_is_used_though_its_call_comes_in_fragments() throws Exception {
        server.thenStream(call("call_x", "calculator", "{\\\"expres")
                + callGoesOn("sion\\\":\\\"6*7\\\"}")
                + toolStop()
                + USAGE
                + DONE);
        server.thenStream(text("It is 42.") + STOP + USAGE + DONE);
        List<AgentEvent> events = ask("What is six times seven?");
        assertThat(textOf(events)).isEqualTo("It is 42.");
        assertThat(events.get(1)).isInstanceOfSatisfying(AgentEvent.ToolStarted.class, started -> {
            assertThat(started.name()).isEqualTo("calculator");
            assertThat(started.arguments().text()).isEqualTo("{\"expression\":\"6*7\"}");
        });
        assertThat(events.get(2))
                .isInstanceOfSatisfying(
                        AgentEvent.ToolFinished.class,
                        finished -> assertThat(finished.result().output()).contains("42"));
        assertThat(events.getLast()).isEqualTo(new AgentEvent.UsageReported(new Usage(240, 14)));
        JsonNode second = JsonText.read(server.requests.get(1).body());
        assertThat(second.path("messages")
                        .get(second.path("messages").size() - 1)
                        .path("content")
                        .asText())
                .contains("42");
    }

    @Test
    void wrong_tool_calls_are_answered_with_what_is_wrong() throws Exception {
        server.thenStream(call("a", "no_such_tool", "{}") + toolStop() + DONE);
        server.thenStream(call("b", "calculator", "not json") + toolStop() + DONE);
        server.thenStream(text("Sorry.") + STOP + DONE);
        List<AgentEvent> events = ask("Compute something");
        assertThat(textOf(events)).isEqualTo("Sorry.");
        assertThat(events)
                .filteredOn(AgentEvent.ToolFinished.class::isInstance)
                .extracting(event -> ((AgentEvent.ToolFinished) event).result().output())
                .containsExactly("There is no such tool.", "The arguments must be well-formed JSON.");
    }

    @Test
    void a_model_that_only_uses_tools_is_stopped() throws Exception {
        for (int i = 0; i < ModelAnswer.MAX_ROUNDS; i++) {
            server.thenStream(call("c" + i, "current_time", "{}") + toolStop() + DONE);
        }
        ask("What time is it?");
        assertThat(server.requests).hasSize(ModelAnswer.MAX_ROUNDS);
        assertThat(JsonText.read(server.requests.getLast().body()).has("tools")).isFalse();
    }

    @Test
    void without_tools_none_is_offered_and_none_is_used() throws Exception {
        server.thenStream(call("a", "calculator", "{}") + toolStop() + DONE);
        server.thenStream(text("No.") + STOP + DONE);
        AgentRequest asked = asking("What is six times seven?");
        List<AgentEvent> events = answerTo(
                new AgentRequest(asked.run(), asked.message(), List.of(), false, OptionalInt.empty(), asked.budget()));
        assertThat(events).noneMatch(AgentEvent.ToolStarted.class::isInstance);
        assertThat(JsonText.read(server.requests.getFirst().body()).has("tools"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 422})
    void a_refusal_is_a_failure_without_the_endpoints_words(int status) {
        server.then(status, "{\"error\":{\"message\":\"Incorrect API key: " + KEY + "\"}}");
        assertThat(failure("Hello", AgentFailed.class)).satisfies(ModelAnswerTest::saysNothingOfTheEndpoint);
        assertThat(agent.unavailableFor()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void an_endpoint_that_cannot_answer_now_is_unavailable_for_a_while(int status) {
        server.then(status, "{\"error\":{\"message\":\"busy " + KEY + "\"}}", "Retry-After", "7");
        AgentUnavailable failure = failure("Hello", AgentUnavailable.class);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(failure).satisfies(ModelAnswerTest::saysNothingOfTheEndpoint);
        assertThat(agent.unavailableFor())
                .hasValueSatisfying(left -> assertThat(left).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(7)));
    }

    @Test
    void an_endpoint_that_is_not_there_is_unavailable() {
        server.close();
        failure("Hello", AgentUnavailable.class);
    }

    @Test
    void a_stream_that_is_cut_is_a_failure_after_what_had_come() throws Exception {
        server.thenCutAfter(text("Half"));
        try (AgentStream stream = agent.answer(asking("Hello"))) {
            assertThat(nextOf(stream)).isEqualTo(new AgentEvent.TextDelta("Half"));
            assertThatThrownBy(() -> nextOf(stream)).isInstanceOf(AgentFailed.class);
            assertThat(nextOf(stream)).isEqualTo(AgentStep.Ended.ENDED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "data: {\"error\":{\"message\":\"overloaded\"}}\n\n", "data: nonsense\n\n", "<html></html>"})
    void a_stream_that_ends_without_an_ending_is_a_failure(String rest) {
        server.thenStream(text("Half") + rest);
        failure("Hello", AgentFailed.class);
    }

    @Test
    void an_error_after_a_tool_was_used_is_a_failure() {
        server.thenStream(call("a", "current_time", "{}") + toolStop() + DONE);
        server.then(503, "");
        failure("What time is it?", AgentFailed.class);
    }

    @Test
    void a_silent_endpoint_is_a_timeout_when_the_budget_is_used_up() {
        server.thenHang();
        GatewayException failure = catchThrowableOfType(
                AgentTimeout.class, () -> answerTo(within(Duration.ofMillis(300), asking("Hello"))));
        assertThat(failure).isNotNull();
    }

    @Test
    void closing_a_stream_ends_the_exchange_with_the_endpoint() throws Exception {
        server.thenStreamOnAfter(text("One"));
        AgentStream stream = agent.answer(asking("Hello"));
        assertThat(nextOf(stream)).isEqualTo(new AgentEvent.TextDelta("One"));
        stream.close();
        assertThat(nextOf(stream)).isEqualTo(AgentStep.Ended.ENDED);
        assertThat(server.clientGone.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(agent.unavailableFor()).isEmpty();
    }

    @Test
    void the_key_is_not_written_out() {
        assertThat(new OpenAiConfig(server.url("/v1"), KEY, "m").toString())
                .doesNotContain(KEY)
                .contains("***");
    }

    private static void saysNothingOfTheEndpoint(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(KEY, "127.0.0.1", "openai", "langchain");
        }
    }

    private List<AgentEvent> ask(String question) throws InterruptedException {
        return answerTo(asking(question));
    }

    private List<AgentEvent> answerTo(AgentRequest request) throws InterruptedException {
        try (AgentStream stream = agent.answer(request)) {
            return allOf(stream);
        }
    }

    private <T extends Throwable> T failure(String question, Class<T> kind) {
        T failure = catchThrowableOfType(kind, () -> ask(question));
        assertThat(failure).isNotNull();
        return failure;
    }
}
