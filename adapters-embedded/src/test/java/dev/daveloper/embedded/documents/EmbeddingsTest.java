package dev.daveloper.embedded.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.DocumentsFailed;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingsTest {
    private static final List<Scope> SHARED = List.of(Scope.SHARED);
    private static final String TEXT = "# Birds\n\nPenguins cannot fly.\n\n# Cities\n\nBerlin lies on the Spree.";

    @TempDir
    private Path folder;

    private DocumentIndex open(EmbeddingModel model) {
        return DocumentIndex.open(Optional.of(folder), Optional.of(Embeddings.of(model)));
    }

    private static List<Double> put(DocumentIndex index, String text) throws InterruptedException {
        List<Double> progress = new ArrayList<>();
        index.put(
                Documents.id(1),
                Scope.SHARED,
                "a.md",
                index.split("a.md", new ExtractedText(text, List.of())),
                progress::add);
        return progress;
    }

    @Test
    void what_shares_no_word_is_found_by_its_vector() throws InterruptedException {
        try (DocumentIndex index = open(new CharacterTrigramModel(256))) {
            put(index, TEXT);
            assertThat(index.search("pengwins flyin", SHARED, 1))
                    .extracting(FoundPassage::text)
                    .containsExactly("Penguins cannot fly.");
        }
        try (DocumentIndex words = DocumentIndex.open(Optional.empty())) {
            put(words, TEXT);
            assertThat(words.search("pengwins flyin", SHARED, 1)).isEmpty();
        }
    }

    @Test
    void what_both_lists_have_comes_before_what_one_has() throws InterruptedException {
        try (DocumentIndex index = open(new CharacterTrigramModel(256))) {
            put(index, "# A\n\nThe penguin swims.\n\n# B\n\nA pen for penguinish penguinology.\n\n# C\n\nSwims.");
            List<FoundPassage> found = index.search("penguin swims", SHARED, 3);
            assertThat(found.getFirst().text()).isEqualTo("The penguin swims.");
            assertThat(found).extracting(FoundPassage::score).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        }
    }

    @Test
    void progress_is_told_and_never_decreases() throws InterruptedException {
        try (DocumentIndex index = open(new CharacterTrigramModel(32))) {
            List<Double> progress = put(index, "# Title\n\nText of this section.\n\n".repeat(100));
            assertThat(progress).hasSizeGreaterThan(5).isSorted().endsWith(1.0);
            assertThat(progress.getFirst()).isBetween(0.0, 0.5);
        }
    }

    @Test
    void an_index_of_another_model_is_made_anew() throws InterruptedException {
        try (DocumentIndex index = open(new CharacterTrigramModel(32))) {
            put(index, TEXT);
        }
        try (DocumentIndex same = open(new CharacterTrigramModel(32))) {
            assertThat(same.documents()).hasSize(1);
        }
        try (DocumentIndex other = open(new CharacterTrigramModel(64))) {
            assertThat(other.documents()).isEmpty();
            put(other, TEXT);
        }
        try (DocumentIndex none = DocumentIndex.open(Optional.of(folder))) {
            assertThat(none.documents()).isEmpty();
        }
    }

    @Test
    void a_text_without_meaning_to_the_model_is_found_by_its_words() throws InterruptedException {
        try (DocumentIndex index = open(new CharacterTrigramModel(32))) {
            put(index, "ab");
            assertThat(index.search("ab", SHARED, 1)).hasSize(1);
        }
    }

    @Test
    void vectors_too_long_for_an_index_are_refused_at_once() {
        assertThatThrownBy(() -> Embeddings.of(new CharacterTrigramModel(1_025)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1025")
                .hasMessageContaining("1024");
    }

    @Test
    void nothing_on_the_class_path_means_words_alone() {
        assertThat(Embeddings.onClassPath()).isEmpty();
    }

    @Test
    void the_first_model_found_is_taken_and_one_that_does_not_start_is_none() {
        assertThat(Embeddings.from(List.of(() -> new CharacterTrigramModel(32))))
                .isPresent();
        assertThat(Embeddings.from(List.of(() -> {
                    throw new UnsatisfiedLinkError("no native library for this platform");
                })))
                .isEmpty();
    }

    /** Works for a number of calls, then no more. */
    private static final class FailingModel implements EmbeddingModel {
        private final EmbeddingModel model = new CharacterTrigramModel(32);
        private boolean fails;

        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> texts) {
            if (fails) {
                throw new IllegalStateException("out of order");
            }
            return model.embedAll(texts);
        }

        @Override
        public int dimension() {
            return model.dimension();
        }
    }

    @Test
    void a_model_that_fails_over_a_question_leaves_the_words() throws InterruptedException {
        FailingModel model = new FailingModel();
        try (DocumentIndex index = open(model)) {
            put(index, TEXT);
            model.fails = true;
            assertThat(index.search("penguins", SHARED, 1)).hasSize(1);
        }
    }

    @Test
    void a_model_that_fails_over_a_document_leaves_the_index_as_it_was() throws InterruptedException {
        FailingModel model = new FailingModel();
        try (DocumentIndex index = open(model)) {
            put(index, TEXT);
            model.fails = true;
            assertThatThrownBy(() -> put(index, "Ostriches run.")).isInstanceOf(DocumentsFailed.class);
            assertThat(index.search("penguins", SHARED, 1)).hasSize(1);
        }
    }

    @Test
    void an_interrupt_is_heard_between_two_batches() {
        try (DocumentIndex index = open(new CharacterTrigramModel(32))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> put(index, TEXT)).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
            assertThat(index.documents()).isEmpty();
        }
    }
}
