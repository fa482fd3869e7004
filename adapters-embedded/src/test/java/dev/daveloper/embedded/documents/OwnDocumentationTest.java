package dev.daveloper.embedded.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a newcomer asks of the documentation as it is now; pages that are not written yet are left out. */
class OwnDocumentationTest {
    private static final PassageIndex INDEX =
            PassageIndex.of(BundledLibrary.load().documents());
    private static final Map<String, String> ANSWERED_BY = Map.ofEntries(
            Map.entry("What happens when Redis is down?", "guides/failures"),
            Map.entry("What happens when the agent is down?", "guides/failures"),
            Map.entry("How do I stop an answer?", "guides/stopping-and-interrupting"),
            Map.entry("Does closing the tab cancel the answer?", "guides/resuming"),
            Map.entry("What is a cursor?", "guides/resuming"),
            Map.entry("How long are sessions kept?", "guides/sessions"),
            Map.entry("How do I back up the data?", "guides/operate"),
            Map.entry("Can I embed the core in my own application?", "guides/embedding"),
            Map.entry("Why SQLite?", "decisions/0007-sqlite-for-the-embedded-default"),
            Map.entry("How do I configure a model?", "guides/built-in-agent"),
            Map.entry("Which tools does the agent have?", "guides/built-in-agent"),
            Map.entry("How do I ask by GraphQL?", "guides/graphql"),
            Map.entry("What if I send the same message twice?", "guides/stopping-and-interrupting"));

    @AfterAll
    static void close() {
        INDEX.close();
    }

    @Test
    void nine_of_ten_questions_find_their_page() {
        List<String> missed = ANSWERED_BY.entrySet().stream()
                .filter(asked -> INDEX.document(asked.getValue()).isPresent())
                .filter(asked -> INDEX.search(asked.getKey(), 3).stream()
                        .noneMatch(match -> match.passage().documentId().equals(asked.getValue())))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(missed).hasSizeLessThanOrEqualTo(ANSWERED_BY.size() / 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is the capital of France?",
                "asdf qwer",
                "Who won the world cup?",
                "How do I bake bread?",
                "Tell me a joke",
                "What's the best pizza in town?",
                "Recommend me a good book",
                "What is the population of China?",
                "How tall is Mount Everest?",
                "Who painted the Mona Lisa?"
            })
    void a_question_about_something_else_finds_nothing(String question) {
        assertThat(INDEX.search(question, 3)).isEmpty();
    }
}
