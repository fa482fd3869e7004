package dev.daveloper.embedded.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentIndexTest {
    private static final List<Scope> SHARED = List.of(Scope.SHARED);

    @TempDir
    private Path folder;

    private static void put(DocumentIndex index, DocumentId id, String name, String text) throws InterruptedException {
        List<IndexedPassage> passages = index.split(name, new ExtractedText(text, List.of()));
        index.put(id, Scope.SHARED, name, passages, progress -> {});
    }

    private static List<String> texts(DocumentIndex index, String question) {
        return index.search(question, SHARED, 5).stream()
                .map(FoundPassage::text)
                .toList();
    }

    @Test
    void a_document_is_found_once_it_is_put_and_no_longer_once_it_is_removed() throws InterruptedException {
        try (DocumentIndex index = DocumentIndex.open(Optional.empty())) {
            assertThat(texts(index, "penguins")).isEmpty();
            put(index, Documents.id(1), "birds.md", "# Birds\n\nPenguins cannot fly.");
            assertThat(texts(index, "can a penguin fly?")).containsExactly("Penguins cannot fly.");
            put(index, Documents.id(1), "birds.md", "# Birds\n\nOstriches run.");
            assertThat(texts(index, "penguins")).isEmpty();
            assertThat(texts(index, "ostrich")).hasSize(1);
            assertThat(index.documents()).containsExactly(Documents.id(1));
            index.remove(Documents.id(1));
            assertThat(texts(index, "ostrich")).isEmpty();
            assertThat(index.documents()).isEmpty();
        }
    }

    @Test
    void a_passage_is_found_with_all_that_it_is_cited_by() throws InterruptedException {
        String text = "# Sea\n\nWaves.\n\n## Fish\n\nCod is **white**.\n# Land\n\nSheep.";
        int second = text.indexOf("# Land");
        try (DocumentIndex index = DocumentIndex.open(Optional.of(folder))) {
            List<IndexedPassage> passages = index.split("a.pdf", new ExtractedText(text, List.of(0, second)));
            index.put(Documents.id(1), Scope.SHARED, "a.pdf", passages, progress -> {});
            FoundPassage cod = index.search("cod", SHARED, 5).getFirst();
            assertThat(cod.documentId()).isEqualTo(Documents.id(1));
            assertThat(cod.documentName()).isEqualTo("a.pdf");
            assertThat(cod.headings()).containsExactly("Sea", "Fish");
            assertThat(cod.page()).hasValue(1);
            assertThat(cod.ordinal()).isEqualTo(1);
            assertThat(cod.text()).isEqualTo("Cod is **white**.").isEqualTo(text.substring(cod.start(), cod.end()));
            assertThat(cod.score()).isPositive();
            assertThat(index.search("sheep", SHARED, 5).getFirst().page()).isEqualTo(OptionalInt.of(2));
        }
    }

    @Test
    void without_a_question_documents_are_found_as_they_begin_the_latest_first() throws InterruptedException {
        try (DocumentIndex index = DocumentIndex.open(Optional.empty())) {
            put(index, Documents.id(2), "b.txt", ("Long. ".repeat(400) + "\n\n").repeat(12));
            put(index, Documents.id(3), "c.txt", "Latest.");
            put(index, Documents.id(1), "a.txt", "Earliest.");
            List<FoundPassage> found = index.search(" ", SHARED, 50);
            assertThat(found)
                    .extracting(FoundPassage::documentName)
                    .startsWith("c.txt", "b.txt")
                    .endsWith("b.txt", "a.txt");
            assertThat(found)
                    .filteredOn(passage -> passage.documentName().equals("b.txt"))
                    .extracting(FoundPassage::ordinal)
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        }
    }

    @Test
    void what_was_put_is_there_after_the_next_opening() throws InterruptedException {
        try (DocumentIndex index = DocumentIndex.open(Optional.of(folder))) {
            put(index, Documents.id(1), "a.txt", "Penguins cannot fly.");
            put(index, Documents.id(2), "b.txt", "Ostriches run.");
            index.remove(Documents.id(2));
        }
        try (DocumentIndex index = DocumentIndex.open(Optional.of(folder))) {
            assertThat(index.documents()).containsExactly(Documents.id(1));
            assertThat(texts(index, "penguins")).hasSize(1);
            assertThat(texts(index, "ostriches")).isEmpty();
        }
    }

    @Test
    void damaged_files_of_an_index_are_replaced_by_an_empty_one() throws Exception {
        int files = filesOfAnIndex().size();
        assertThat(files).isPositive();
        for (int i = 0; i < files; i++) {
            Path file = filesOfAnIndex().get(i);
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 0x55;
            Files.write(file, bytes);
            try (DocumentIndex index = DocumentIndex.open(Optional.of(folder))) {
                assertThat(index.documents()).as("with %s damaged", file).isEmpty();
                put(index, Documents.id(1), "a.txt", "Penguins cannot fly.");
                assertThat(texts(index, "penguins")).hasSize(1);
            }
        }
    }

    private List<Path> filesOfAnIndex() throws Exception {
        try (DocumentIndex index = DocumentIndex.open(Optional.of(folder))) {
            put(index, Documents.id(1), "a.txt", "Penguins cannot fly.");
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                if (Files.size(file) > 0) {
                    files.add(file);
                }
            }
        }
        return files.stream().sorted().toList();
    }

    @Test
    void an_index_that_is_open_elsewhere_is_not_touched() throws InterruptedException {
        try (DocumentIndex index = DocumentIndex.open(Optional.of(folder))) {
            put(index, Documents.id(1), "a.txt", "Penguins cannot fly.");
            assertThatThrownBy(() -> DocumentIndex.open(Optional.of(folder))).hasMessageContaining("open already");
            assertThat(texts(index, "penguins")).hasSize(1);
        }
    }

    @Test
    void a_document_without_passages_takes_the_earlier_one_out() throws InterruptedException {
        try (DocumentIndex index = DocumentIndex.open(Optional.empty())) {
            put(index, Documents.id(1), "a.txt", "Penguins cannot fly.");
            put(index, Documents.id(1), "a.txt", " \n\n ");
            assertThat(index.documents()).isEmpty();
            assertThat(texts(index, "penguins")).isEmpty();
        }
    }

    @Test
    void whoever_is_interrupted_leaves_the_index_as_it_was_and_usable() throws Exception {
        try (DocumentIndex index = DocumentIndex.open(Optional.of(folder))) {
            put(index, Documents.id(1), "a.txt", "Penguins cannot fly.");
            List<IndexedPassage> passages =
                    index.split("b.txt", new ExtractedText("Ostriches run.\n\n".repeat(400_000), List.of()));
            CountDownLatch under_way = new CountDownLatch(1);
            Thread[] caller = new Thread[1];
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> putting = callers.submit(() -> {
                    caller[0] = Thread.currentThread();
                    index.put(Documents.id(1), Scope.SHARED, "b.txt", passages, progress -> under_way.countDown());
                    return null;
                });
                under_way.await();
                caller[0].interrupt();
                assertThatThrownBy(putting::get).hasCauseInstanceOf(InterruptedException.class);
            }
            assertThat(texts(index, "ostriches")).isEmpty();
            assertThat(texts(index, "penguins")).hasSize(1);
            put(index, Documents.id(2), "c.txt", "Emus run.");
            assertThat(texts(index, "emus")).hasSize(1);
        }
    }

    @Test
    void many_threads_see_what_they_put_at_once() throws Exception {
        try (DocumentIndex index = DocumentIndex.open(Optional.of(folder));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                int number = i;
                all.add(threads.submit(() -> {
                    put(index, Documents.id(number), "a.txt", "Word" + number + "x is here.");
                    assertThat(texts(index, "word" + number + "x")).hasSize(1);
                    index.remove(Documents.id(number));
                    assertThat(texts(index, "word" + number + "x")).isEmpty();
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            assertThat(index.documents()).isEmpty();
        }
    }

    @Test
    void a_closed_index_says_that_it_cannot_be_reached() {
        DocumentIndex index = DocumentIndex.open(Optional.empty());
        index.close();
        index.close();
        assertThatThrownBy(() -> index.search("penguins", SHARED, 5)).isInstanceOf(DocumentsUnavailable.class);
        assertThatThrownBy(() -> index.remove(Documents.id(1))).isInstanceOf(DocumentsUnavailable.class);
    }
}
