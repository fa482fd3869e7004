package dev.daveloper.embedded.chat.agent;

import static dev.daveloper.application.testkit.AgentAnswers.allOf;
import static dev.daveloper.application.testkit.AgentAnswers.asking;
import static dev.daveloper.application.testkit.AgentAnswers.textOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.application.testkit.RecordingTracer;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Citation;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.embedded.documents.Fixtures;
import dev.daveloper.embedded.documents.OwnDocuments;
import dev.daveloper.embedded.documents.PassageIndex;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswersFromDocumentsTest {
    private static final PassageIndex LIBRARY = PassageIndex.of(Fixtures.documents());
    private static final String LEASE = "The lease begins in March.\n\n## Deposit\n\nThe deposit is 1,840 euros."
            + " See also [2] and [7].\f## Pets\n\nCats are welcome. Dogs need consent.";

    private final OwnDocuments documents = new OwnDocuments();
    private final BuiltInAgentConfig config = BuiltInAgentConfig.of(LIBRARY).withPace(Duration.ZERO);
    private final BuiltInAgent agent = BuiltInAgent.create(config.withDocuments(documents));
    private final AgentRequest someone = asking("");
    private final Scope mine = Scope.of(someone.run().sessionId());

    @AfterEach
    void close() {
        agent.close();
        documents.close();
    }

    @AfterAll
    static void closeLibrary() {
        LIBRARY.close();
    }

    @Test
    void a_document_is_quoted_word_for_word_with_its_page_and_place() throws Exception {
        DocumentId id = documents.put(mine, "lease.pdf", LEASE);
        List<AgentEvent> events = ask("Do dogs need consent?");
        Citation citation = citationsOf(events).getFirst();
        Citation.Position position = citation.position().orElseThrow();
        assertThat(citation.source()).isEqualTo(new Citation.DocumentSource(id.value()));
        assertThat(citation.title()).isEqualTo("lease.pdf, page 2");
        assertThat(position.page()).hasValue(2);
        assertThat(citation.quote())
                .contains("Dogs need consent.")
                .isEqualTo(documents.text(id.value()).substring(position.start(), position.end()));
        assertThat(textOf(events)).startsWith("**lease.pdf** says:").contains("Dogs need consent. [1]");
    }

    @Test
    void documents_are_searched_on_behalf_of_whoever_asked_for_the_answer() throws Exception {
        RecordingTracer tracer = new RecordingTracer();
        List<Optional<Span>> searching = new CopyOnWriteArrayList<>();
        PassageSearch search = (question, scopes, limit) -> {
            searching.add(tracer.current());
            return documents.search(question, scopes, limit);
        };
        try (BuiltInAgent traced = BuiltInAgent.create(config.withDocuments(search), tracer)) {
            Span run = tracer.begin(Tracer.Kind.INTERNAL, "run", Optional.empty());
            Tracer.Scope scope = tracer.enter(run);
            allOf(traced.answer(someone));
            scope.close();
            assertThat(searching).isNotEmpty().containsOnly(Optional.of(run));
        }
    }

    @Test
    void a_document_without_pages_is_cited_by_its_section_and_slides_are_slides() throws Exception {
        documents.put(mine, "lease.docx", "# Lease\n\n## Deposit\n\nThe deposit is 1,840 euros.");
        documents.put(mine, "talk.pptx", "Growth was strong.\fPenguins cannot fly.");
        assertThat(citationsOf(ask("What is the deposit?")).getFirst().title()).isEqualTo("lease.docx — Deposit");
        assertThat(citationsOf(ask("Can penguins fly?")).getFirst().title()).isEqualTo("talk.pptx, slide 2");
    }

    @Test
    void a_quote_shows_the_document_s_own_characters_and_not_their_escapes() throws Exception {
        documents.put(mine, "sums.pdf", "The rule of sums: 5\\*3 = 15 and snake\\_case stays.");

        assertThat(citationsOf(ask("What is the rule of sums?")).getFirst().quote())
                .isEqualTo("The rule of sums: 5*3 = 15 and snake_case stays.");
    }

    @Test
    void numbers_in_brackets_in_a_document_are_not_taken_for_citations() throws Exception {
        documents.put(mine, "lease.pdf", LEASE);
        assertThat(textOf(ask("What is the deposit?"))).contains("See also \\[2\\] and \\[7\\]. [1]");
    }

    @Test
    void a_name_is_shown_as_it_is() throws Exception {
        documents.put(mine, "my_*[lease]*.txt", "The deposit is 1,840 euros.");
        assertThat(textOf(ask("What is the deposit?"))).startsWith("**my\\_\\*\\[lease\\]\\*.txt** says:");
    }

    @Test
    void a_summary_without_a_model_quotes_how_the_document_begins() throws Exception {
        documents.put(mine, "lease.pdf", LEASE);
        List<AgentEvent> events = ask("Summarise my document");
        assertThat(textOf(events)).contains("The lease begins in March.", "Cats are welcome.");
        assertThat(citationsOf(events))
                .extracting(Citation::title)
                .containsExactly("lease.pdf, page 1", "lease.pdf, page 1", "lease.pdf, page 2");
    }

    @Test
    void documents_of_other_sessions_are_never_asked_for() throws Exception {
        documents.put(Scope.of(asking("").run().sessionId()), "secret.txt", "The deposit is 5 euros.");
        documents.put(Scope.SHARED, "all.txt", "The canteen opens at noon.");
        List<Message> history = BuiltInAgentTest.conversation("How do I resume a stream?");
        ask("What is the deposit?");
        ask("what is in secret.txt?");
        ask("summarise my document");
        ask("and which header is that?", history);
        assertThat(documents.asked())
                .hasSizeGreaterThan(4)
                .allSatisfy(asked -> assertThat(mine.readable()).containsAll(asked.scopes()));
        assertThat(textOf(ask("What is the deposit?"))).startsWith("I found nothing");
        assertThat(textOf(ask("When does the canteen open?"))).contains("noon");
        assertThat(textOf(ask("what is in secret.txt?"))).doesNotContain("5 euros");
    }

    @Test
    void a_tool_that_is_tried_searches_shared_documents_only() {
        documents.put(mine, "mine.txt", "The deposit is 1,840 euros.");
        documents.put(Scope.SHARED, "house rules.pdf", "Be quiet.\fThe deposit is returned in May.");
        JsonNode found = JsonText.read(agent.testTool("search_documents", new Json("{\"query\":\"deposit\"}"))
                .output());
        assertThat(documents.asked()).extracting(OwnDocuments.Asked::scopes).containsOnly(List.of(Scope.SHARED));
        assertThat(found.path("passages")).hasSize(1);
        JsonNode passage = found.path("passages").get(0);
        assertThat(passage.path("document").asText()).isEqualTo("house rules.pdf");
        assertThat(passage.path("page").asInt()).isEqualTo(2);
        assertThat(passage.path("title").asText()).isEqualTo("house rules.pdf, page 2");
        assertThat(passage.path("text").asText()).isEqualTo("The deposit is returned in May.");
        assertThat(passage.has("url")).isFalse();
    }

    @Test
    void a_question_that_leans_on_one_about_a_document_is_understood_after_it() throws Exception {
        documents.put(mine, "lease.pdf", LEASE);
        List<Message> history = BuiltInAgentTest.conversation("What does the lease say about dogs?");
        assertThat(textOf(ask("and cats?", history))).contains("Cats are welcome.");
        assertThat(textOf(ask("tell me more about that", history))).contains("Dogs need consent.");
    }

    @Test
    void who_has_no_documents_is_told_how_to_have_some() throws Exception {
        assertThat(textOf(ask("What is the deposit?"))).contains("drop the document on this page");
        documents.put(mine, "lease.pdf", LEASE);
        assertThat(textOf(ask("Who won the world cup in March?")))
                .contains("in the documentation or in your documents")
                .doesNotContain("drop the document");
        try (BuiltInAgent without = BuiltInAgent.create(config)) {
            assertThat(textOf(answer(without, "What is the deposit?", List.of())))
                    .doesNotContain("drop");
        }
    }

    @Test
    void documents_that_cannot_be_searched_are_told_of_in_a_sentence() throws Exception {
        try (BuiltInAgent cut = BuiltInAgent.create(config.withDocuments((question, scopes, limit) -> {
            throw new DocumentsUnavailable();
        }))) {
            List<AgentEvent> events = answer(cut, "How do I connect my own agent?", List.of());
            assertThat(textOf(events)).contains("agent.target").contains(Wording.DOCUMENTS_MISSED);
            assertThat(citationsOf(events)).isNotEmpty();
            assertThat(textOf(answer(cut, "What is the deposit?", List.of())))
                    .startsWith("I found nothing")
                    .doesNotContain("drop")
                    .endsWith(Wording.DOCUMENTS_MISSED);
            assertThat(cut.testTool("search_documents", new Json("{\"query\":\"connect my own agent\"}")))
                    .satisfies(result -> assertThat(result.ok()).isTrue())
                    .satisfies(result -> assertThat(result.output())
                            .contains(
                                    "agent.target",
                                    JsonText.read("\"" + Wording.DOCUMENTS_MISSED + "\"")
                                            .asText()));
        }
    }

    @Test
    void small_talk_and_sums_search_nothing() throws Exception {
        ask("Hello!");
        ask("2 + 2");
        assertThat(documents.asked()).isEmpty();
    }

    @Test
    void an_ordinary_question_costs_one_search() throws Exception {
        ask("How do I connect my own agent?");
        assertThat(documents.asked()).hasSize(1);
    }

    private List<AgentEvent> ask(String question) throws InterruptedException {
        return ask(question, List.of());
    }

    private List<AgentEvent> ask(String question, List<Message> history) throws InterruptedException {
        return answer(agent, question, history);
    }

    private List<AgentEvent> answer(BuiltInAgent asked, String question, List<Message> history)
            throws InterruptedException {
        AgentRequest request =
                new AgentRequest(someone.run(), question, history, true, OptionalInt.empty(), Duration.ofMinutes(1));
        try (AgentStream stream = asked.answer(request)) {
            return allOf(stream);
        }
    }

    private static List<Citation> citationsOf(List<AgentEvent> events) {
        return events.stream()
                .filter(AgentEvent.CitationAdded.class::isInstance)
                .map(event -> ((AgentEvent.CitationAdded) event).citation())
                .toList();
    }
}
