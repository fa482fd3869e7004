package dev.daveloper.embedded.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetrievalEvaluationTest {
    private static final PassageIndex INDEX = PassageIndex.of(Fixtures.documents());

    /** A question, the document that answers it, and words that must stand in what is quoted. */
    private record Case(String question, String document, String words) {}

    private static final List<Case> CASES = List.of(
            new Case("How do I connect my own agent?", "guides/agents", "agent.target"),
            new Case("What happens when Redis is down?", "guides/operations", "store_unavailable"),
            new Case("how can I stop a running answer", "guides/streaming", "cancel"),
            new Case("What do I need to install to run it?", "README", "JDK"),
            new Case("How do I resume a stream after the connection dropped?", "guides/streaming", "Last-Event-ID"),
            new Case("What is Last-Event-ID for?", "guides/streaming", "cursor"),
            new Case("which port does the API listen on?", "reference/configuration", "http.port"),
            new Case("http.port", "reference/configuration", "8080"),
            new Case("Can I write an agent in Python?", "guides/agents", "Chat"),
            new Case("How do I enable TLS between gateway and agent?", "guides/agents", "agent.tls.enabled"),
            new Case("What is the deadline of a call to the agent?", "guides/agents", "two minutes"),
            new Case("Where are the metrics for Prometheus?", "guides/operations", "/metrics"),
            new Case("How do I back up the data?", "guides/operations", ".backup"),
            new Case("How do I upgrade without losing running answers?", "guides/operations", "SIGTERM"),
            new Case("how much memory does the gateway use", "guides/operations", "256 MB"),
            new Case("What does close code 4401 mean?", "guides/streaming", "no session"),
            new Case("what does run_in_progress mean?", "reference/errors", "not finished"),
            new Case("I get a 429, what should I do?", "reference/errors", "Retry-After"),
            new Case("How do I send the same message twice safely?", "guides/streaming", "Idempotency-Key"),
            new Case("What happens if I close the tab?", "guides/streaming", "nobody watches"),
            new Case("how long are idle sessions kept?", "reference/configuration", "session.idle"),
            new Case("Where is the data stored?", "reference/configuration", "data.dir"),
            new Case("Why virtual threads and not a reactive library?", "decisions/0001-virtual-threads", "Reactive"),
            new Case("Does it work behind a proxy that closes silent connections?", "guides/streaming", "15 seconds"),
            new Case("Which license does the project have?", "README", "Apache"),
            new Case("How do I run many nodes behind a load balancer?", "README", "Redis"),
            new Case("what if the agent is unavailable?", "guides/operations", "agent_unavailable"),
            new Case("How do I allow CORS for my web origin?", "reference/configuration", "http.cors.origins"));

    @AfterAll
    static void close() {
        INDEX.close();
    }

    @Test
    void seven_of_eight_questions_find_their_document_first() {
        List<String> missed = new ArrayList<>();
        for (Case asked : CASES) {
            List<Match> matches = INDEX.search(asked.question(), 3);
            if (matches.isEmpty() || !matches.getFirst().passage().documentId().equals(asked.document())) {
                missed.add(asked.question() + " -> " + summary(matches));
            }
        }
        assertThat(missed).hasSizeLessThanOrEqualTo(CASES.size() / 8);
    }

    @Test
    void nineteen_of_twenty_questions_are_answered_by_what_is_quoted() {
        List<String> missed = new ArrayList<>();
        for (Case asked : CASES) {
            List<Match> matches = INDEX.search(asked.question(), 3);
            if (matches.stream().noneMatch(match -> answers(match, asked))) {
                missed.add(asked.question() + " -> " + summary(matches));
            }
        }
        assertThat(missed).hasSizeLessThanOrEqualTo(CASES.size() / 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is the capital of France?",
                "asdf qwer",
                "Who won the world cup in 1998?",
                "Write me a poem about the sea",
                "How do I bake a chocolate cake?",
                "What's the weather in Berlin tomorrow?",
                "tell me a joke",
                "Who is the president of the United States?",
                "What is the meaning of life?",
                "Translate good morning into Spanish",
                "How old is the universe?",
                "Best restaurants near the station",
                "",
                "???"
            })
    void a_question_about_something_else_finds_nothing(String question) {
        assertThat(summary(INDEX.search(question, 3))).isEqualTo("[]");
    }

    @Test
    void what_is_quoted_is_a_part_of_the_passage_and_not_all_of_a_long_one() {
        Match match =
                INDEX.search("What deadline do calls to the agent have?", 1).getFirst();
        assertThat(match.passage().title()).isEqualTo("Connect your own agent — Deadlines");
        assertThat(quotes(match)).contains("two minutes by default");
    }

    private static boolean answers(Match match, Case asked) {
        return match.passage().documentId().equals(asked.document())
                && quotes(match).contains(asked.words());
    }

    private static String quotes(Match match) {
        return match.excerpts().stream().map(Excerpt::display).collect(Collectors.joining("\n"));
    }

    private static String summary(List<Match> matches) {
        return matches.stream()
                .map(m -> m.passage().title() + " " + m.coverage() + " " + m.score() + " {" + quotes(m) + "}")
                .toList()
                .toString();
    }
}
