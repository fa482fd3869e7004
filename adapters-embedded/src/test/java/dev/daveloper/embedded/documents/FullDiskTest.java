package dev.daveloper.embedded.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.DocumentsFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.MMapDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    private static final List<Scope> SHARED = List.of(Scope.SHARED);

    @TempDir
    private Path folder;

    /** A disk that takes nothing more once it is full. */
    private static final class Disk extends FilterDirectory {
        private volatile boolean full;
        private volatile boolean broken;

        Disk(Path folder) throws IOException {
            super(new MMapDirectory(folder));
        }

        @Override
        public IndexOutput createOutput(String name, IOContext context) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            return super.createOutput(name, context);
        }

        @Override
        public void sync(Collection<String> names) throws IOException {
            if (broken) {
                throw new IOException("Input/output error");
            }
            super.sync(names);
        }
    }

    private static void put(DocumentIndex index, int number, String text) throws InterruptedException {
        List<IndexedPassage> passages = index.split("a.txt", new ExtractedText(text, List.of()));
        index.put(Documents.id(number), Scope.SHARED, "a.txt", passages, progress -> {});
    }

    private static List<String> texts(DocumentIndex index, String question) {
        return index.search(question, SHARED, 5).stream()
                .map(FoundPassage::text)
                .toList();
    }

    @Test
    void what_fails_is_taken_back_whole_and_the_index_goes_on_once_there_is_room() throws Exception {
        Disk disk = new Disk(folder);
        try (DocumentIndex index = new DocumentIndex(IndexStore.prepared(disk, "test"), Optional.empty())) {
            put(index, 1, "Penguins cannot fly.");
            disk.full = true;
            assertThatThrownBy(() -> put(index, 2, "Ostriches run.")).isInstanceOf(DocumentsFailed.class);
            assertThatThrownBy(() -> put(index, 1, "Emus run.")).isInstanceOf(DocumentsFailed.class);
            assertThat(texts(index, "penguins")).hasSize(1);
            disk.full = false;
            disk.broken = true;
            assertThatThrownBy(() -> put(index, 3, "Kiwis dig.")).isInstanceOf(DocumentsFailed.class);
            disk.broken = false;
            put(index, 4, "Swans swim.");
            assertThat(index.documents()).containsExactlyInAnyOrder(Documents.id(1), Documents.id(4));
            assertThat(texts(index, "ostriches")).isEmpty();
            assertThat(texts(index, "kiwis")).isEmpty();
        }
        try (DocumentIndex index = new DocumentIndex(IndexStore.prepared(new Disk(folder), "test"), Optional.empty())) {
            assertThat(index.documents()).containsExactlyInAnyOrder(Documents.id(1), Documents.id(4));
        }
    }
}
