package dev.daveloper.embedded.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.domain.documents.Scope;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guards what BM25 finds; docs/decisions/0011-bm25-by-default.md has the figures, and those of vectors. */
class CorpusEvaluationTest {
    private static final DocumentIndex INDEX = DocumentIndex.open(Optional.empty());

    @BeforeAll
    static void fill() throws InterruptedException {
        Corpus.putInto(INDEX);
    }

    @AfterAll
    static void close() {
        INDEX.close();
    }

    @Test
    void questions_in_the_words_of_the_text_find_their_passage() {
        Corpus.Score score = Corpus.score(INDEX, asked -> !asked.ownWords());
        assertThat(score.first()).as("%s", score).isGreaterThanOrEqualTo(0.75);
        assertThat(score.firstFive()).as("%s", score).isGreaterThanOrEqualTo(0.85);
        assertThat(score.reciprocalRank()).as("%s", score).isGreaterThanOrEqualTo(0.78);
    }

    @Test
    void all_questions_together_find_as_much_as_the_decision_says() {
        Corpus.Score score = Corpus.score(INDEX, asked -> true);
        assertThat(Corpus.questions()).hasSize(56);
        assertThat(score.first()).as("%s", score).isGreaterThanOrEqualTo(0.45);
        assertThat(score.firstFive()).as("%s", score).isGreaterThanOrEqualTo(0.5);
    }

    @Test
    void every_question_has_one_passage_that_answers_it() throws InterruptedException {
        for (Corpus.Asked asked : Corpus.questions()) {
            assertThat(INDEX.search(asked.words(), List.of(Scope.SHARED), PassageSearch.MAX_RESULTS))
                    .as(asked.words())
                    .filteredOn(asked::isAnsweredBy)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"How old is the universe?", "???", "asdf qwer"})
    void what_all_texts_have_in_common_is_no_answer(String question) {
        assertThat(INDEX.search(question, List.of(Scope.SHARED), 5)).isEmpty();
    }
}
