package dev.daveloper.embedded.documents.ingestion;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Opens documents for a test and closes them behind it. */
final class TestDocuments implements AfterEachCallback {
    private final Deque<EmbeddedDocuments> opened = new ArrayDeque<>();

    EmbeddedDocuments open(Optional<Path> directory, TextReader reader) {
        return open(config(directory), reader);
    }

    EmbeddedDocuments open(EmbeddedDocumentsConfig config, TextReader reader) {
        EmbeddedDocuments documents = EmbeddedDocuments.open(config, reader);
        opened.push(documents);
        return documents;
    }

    EmbeddedDocuments open(EmbeddedDocumentsConfig config, Storage storage, TextReader reader) {
        EmbeddedDocuments documents = EmbeddedDocuments.open(config, storage, reader);
        opened.push(documents);
        return documents;
    }

    static EmbeddedDocumentsConfig config(Optional<Path> directory) {
        InstantSource clock = InstantSource.system();
        return directory.isPresent()
                ? EmbeddedDocumentsConfig.in(directory.get(), clock)
                : EmbeddedDocumentsConfig.inMemory(clock);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
