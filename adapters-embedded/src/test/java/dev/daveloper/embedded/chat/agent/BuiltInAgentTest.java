package dev.daveloper.embedded.chat.agent;

import static dev.daveloper.application.testkit.AgentAnswers.allOf;
import static dev.daveloper.application.testkit.AgentAnswers.asking;
import static dev.daveloper.application.testkit.AgentAnswers.nextOf;
import static dev.daveloper.application.testkit.AgentAnswers.textOf;
import static dev.daveloper.application.testkit.AgentAnswers.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.application.testkit.AgentContract;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Citation;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.chat.UserMessage;
import dev.daveloper.domain.failures.AgentTimeout;
import dev.daveloper.embedded.documents.Fixtures;
import dev.daveloper.embedded.documents.PassageIndex;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInAgentTest extends AgentContract {
    private static final PassageIndex INDEX = PassageIndex.of(Fixtures.documents());
    private static final Instant NOW = Instant.parse("2026-03-01T22:15:30.5Z");

    private final BuiltInAgentConfig config = BuiltInAgentConfig.of(INDEX)
            .withPace(Duration.ZERO)
            .withClock(InstantSource.system())
            .withClock(() -> NOW);
    private final BuiltInAgent agent = BuiltInAgent.create(config);

    @AfterEach
    void close() {
        agent.close();
    }

    @AfterAll
    static void closeIndex() {
        INDEX.close();
    }

    @Override
    protected Agent agent() {
        return agent;
    }

    @Override
    protected ToolTrial toolTrial() {
        return new ToolTrial(
                "calculator", new Json("{\"expression\":\"6*7\"}"), new Json("{\"expression\":42,\"more\":1}"));
    }

    @Test
    void every_citation_quotes_its_document_word_for_word_and_opens_the_passage() throws Exception {
        List<AgentEvent> events = ask("How do I connect my own agent?");
        String answer = textOf(events);
        List<Citation> citations = citationsOf(events);
        assertThat(citations).isNotEmpty();
        for (int i = 0; i < citations.size(); i++) {
            Citation citation = citations.get(i);
            Citation.Position position = citation.position().orElseThrow();
            String url = ((Citation.UrlSource) citation.source()).url();
            String path = url.substring("/library/".length(), url.indexOf('#'));
            String markdown = INDEX.document(path).orElseThrow().markdown();
            assertThat(citation.index()).isEqualTo(i + 1);
            assertThat(citation.quote()).isEqualTo(markdown.substring(position.start(), position.end()));
            assertThat(url).endsWith("#p=" + position.start() + "-" + position.end());
            assertThat(answer).contains("[" + citation.index() + "]");
        }
        assertThat(answer)
                .contains("agent.target")
                .contains("./daveloper --agent.target=dns:///localhost:50052")
                .contains("No model is configured")
                .contains("`agent.openai.base-url`");
    }

    @Test
    void the_search_is_shown_as_a_tool_and_only_when_tools_may_be_used() throws Exception {
        assertThat(ask("How do I connect my own agent?"))
                .filteredOn(event -> !(event instanceof AgentEvent.TextDelta))
                .startsWith(new AgentEvent.ToolStarted(
                        "call_1",
                        "search_documents",
                        new Json("{\"query\":\"How do I connect my own agent?\",\"limit\":3}")))
                .element(1)
                .isInstanceOf(AgentEvent.ToolFinished.class);
        List<AgentEvent> without = answerTo(request("How do I connect my own agent?", List.of(), false));
        assertThat(textOf(without)).contains("agent.target");
        assertThat(without).noneMatch(AgentEvent.ToolStarted.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"What is the capital of France?", "asdf qwer", "???"})
    void it_says_so_when_it_finds_nothing(String question) throws Exception {
        List<AgentEvent> events = ask(question);
        assertThat(textOf(events)).startsWith("I found nothing about").contains("for example");
        assertThat(citationsOf(events)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Hello!,Hello!",
        "good morning daveloper,Hello!",
        "thanks a lot!,You are welcome",
        "Bye,Goodbye",
        "Who are you?,I am Daveloper's built-in agent",
        "are you an AI?,No model is configured",
        "What can you do?,look up a public GitHub repository"
    })
    void small_talk_is_answered(String message, String expected) throws Exception {
        assertThat(textOf(ask(message))).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "what is 12*(3+4)?,84",
        "2 + 2,4",
        "How much is 7 times 6?,42",
        "what's the square root of 144,12",
        "calculate 1/0,no result",
        "what is 10 divided by 4?,2.5"
    })
    void arithmetic_goes_to_the_calculator(String question, String expected) throws Exception {
        List<AgentEvent> events = ask(question);
        assertThat(events.getFirst())
                .isInstanceOfSatisfying(
                        AgentEvent.ToolStarted.class,
                        started -> assertThat(started.name()).isEqualTo("calculator"));
        assertThat(textOf(events)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "what time is it?,22:15 on Sunday",
        "What time is it in Tokyo?,07:15 on Monday",
        "what's the current time in America/New_York?,17:15 on Sunday",
        "What is today's date?,1 March 2026",
        "what time is it in Atlantis?,no time zone"
    })
    void the_time_is_told(String question, String expected) throws Exception {
        assertThat(textOf(ask(question))).contains(expected);
    }

    @Test
    void without_tools_it_says_what_it_would_need() throws Exception {
        List<AgentEvent> events = answerTo(request("what is 12*(3+4)?", List.of(), false));
        assertThat(textOf(events)).contains("tools are switched off");
        assertThat(events).noneMatch(AgentEvent.ToolStarted.class::isInstance);
    }

    @Test
    void a_question_that_leans_on_the_one_before_is_understood_after_it() throws Exception {
        List<Message> history = conversation("How do I resume a stream?");
        assertThat(textOf(answerTo(request("and which header is that?", history, true))))
                .contains("Last-Event-ID")
                .doesNotContain("No model is configured");
        assertThat(textOf(answerTo(request("What is the capital of France?", history, true))))
                .startsWith("I found nothing");
    }

    @Test
    void usage_counts_words_and_comes_last() throws Exception {
        List<AgentEvent> events = ask("Thanks!");
        assertThat(events.getLast()).isInstanceOfSatisfying(AgentEvent.UsageReported.class, reported -> {
            assertThat(reported.usage().inputTokens()).isEqualTo(1);
            assertThat(reported.usage().outputTokens()).isEqualTo(textOf(events).split(" ").length);
        });
    }

    @Test
    void an_answer_has_no_more_words_than_wanted() throws Exception {
        AgentRequest asked = asking("How do I connect my own agent?");
        AgentRequest bounded =
                new AgentRequest(asked.run(), asked.message(), List.of(), true, OptionalInt.of(5), asked.budget());
        assertThat(textOf(answerTo(bounded)).strip().split("\\s+")).hasSize(5);
    }

    @Test
    void a_pull_that_waits_ends_soon_after_a_close_from_another_thread() throws Exception {
        try (BuiltInAgent slow = BuiltInAgent.create(config.withPace(Duration.ofSeconds(1)))) {
            AgentStream stream = slow.answer(asking("Hello!"));
            assertThat(nextOf(stream)).isInstanceOf(AgentEvent.TextDelta.class);
            CompletableFuture<AgentStep> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return stream.next(Duration.ofMinutes(1));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            stream.close();
            assertThat(waiting.get(5, TimeUnit.SECONDS)).isEqualTo(AgentStep.Ended.ENDED);
        }
    }

    @Test
    void patience_ends_before_the_next_word() throws Exception {
        try (BuiltInAgent slow = BuiltInAgent.create(config.withPace(Duration.ofSeconds(1)));
                AgentStream stream = slow.answer(asking("Hello!"))) {
            assertThat(nextOf(stream)).isInstanceOf(AgentEvent.TextDelta.class);
            assertThat(stream.next(Duration.ofMillis(1))).isEqualTo(AgentStep.Quiet.QUIET);
        }
    }

    @Test
    void a_budget_that_is_used_up_is_a_timeout_after_what_had_come() throws Exception {
        try (BuiltInAgent slow = BuiltInAgent.create(config.withPace(Duration.ofSeconds(1)));
                AgentStream stream = slow.answer(within(Duration.ofMillis(200), asking("Hello!")))) {
            assertThat(nextOf(stream)).isEqualTo(new AgentEvent.TextDelta("Hello! "));
            failureOf(stream, AgentTimeout.class);
        }
    }

    @Test
    void closing_the_agent_ends_its_answers() throws Exception {
        BuiltInAgent slow = BuiltInAgent.create(config.withPace(Duration.ofSeconds(1)));
        AgentStream stream = slow.answer(asking("Hello!"));
        nextOf(stream);
        slow.close();
        assertThat(nextOf(stream)).isEqualTo(AgentStep.Ended.ENDED);
    }

    private List<AgentEvent> ask(String question) throws InterruptedException {
        return answerTo(asking(question));
    }

    private List<AgentEvent> answerTo(AgentRequest request) throws InterruptedException {
        try (AgentStream stream = agent.answer(request)) {
            return allOf(stream);
        }
    }

    private static AgentRequest request(String message, List<Message> history, boolean useTools) {
        AgentRequest asked = asking(message);
        return new AgentRequest(asked.run(), message, history, useTools, asked.maxTokens(), asked.budget());
    }

    static List<Message> conversation(String question) {
        var run = asking(question).run();
        return List.of(
                new UserMessage(run.userMessageId(), run.id(), NOW, question),
                new AssistantMessage(
                        run.messageId(),
                        run.id(),
                        NOW,
                        "An answer.",
                        RunOutcome.COMPLETED,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static List<Citation> citationsOf(List<AgentEvent> events) {
        return events.stream()
                .filter(AgentEvent.CitationAdded.class::isInstance)
                .map(event -> ((AgentEvent.CitationAdded) event).citation())
                .toList();
    }
}
