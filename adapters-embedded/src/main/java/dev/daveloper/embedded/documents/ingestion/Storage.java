package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.embedded.Schema;
import dev.daveloper.embedded.Sqlite;
import dev.daveloper.embedded.UnusableDataDirectory;
import dev.daveloper.embedded.documents.DocumentIndex;
import dev.daveloper.embedded.documents.Embeddings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** All that documents are kept in. The database's directory, which one process owns, has the others within. */
record Storage(Sqlite sqlite, DocumentFiles files, DocumentIndex index) implements AutoCloseable {
    private static final String INDEX = "index";

    /** @throws UnusableDataDirectory when there is something amiss with the directory */
    static Storage open(EmbeddedDocumentsConfig config) {
        Sqlite sqlite = Sqlite.open(config.database(), Schema.DOCUMENTS);
        try {
            DocumentFiles files = DocumentFiles.open(config.directory(), config.durability());
            try {
                return new Storage(
                        sqlite,
                        files,
                        DocumentIndex.open(
                                config.directory().map(path -> path.resolve(INDEX)), Embeddings.onClassPath()));
            } catch (RuntimeException e) {
                files.close();
                throw e;
            }
        } catch (IOException e) {
            sqlite.close();
            throw unusable(config.directory(), e);
        } catch (UncheckedIOException e) {
            sqlite.close();
            throw unusable(config.directory(), e);
        } catch (RuntimeException e) {
            sqlite.close();
            throw e;
        }
    }

    /** The database last: its lock says that somebody is here. */
    @Override
    public void close() {
        try {
            index.close();
        } finally {
            files.close();
            sqlite.close();
        }
    }

    private static UnusableDataDirectory unusable(Optional<Path> directory, Exception cause) {
        return new UnusableDataDirectory(
                directory.orElse(Path.of(System.getProperty("java.io.tmpdir"))),
                "documents cannot be kept in it (" + cause.getMessage() + ").",
                cause);
    }
}
