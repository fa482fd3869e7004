package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.application.testkit.DocumentServiceContract;
import dev.daveloper.application.testkit.HeldIngestionContract;
import dev.daveloper.application.testkit.KeptDocumentsContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The contracts, each on disk and in memory. */
@Timeout(60)
class EmbeddedDocumentsTest {
    @TempDir
    Path directory;

    @RegisterExtension
    final TestDocuments opener = new TestDocuments();

    private final TextReader reader = new TextReader();
    private EmbeddedDocuments documents;

    private void open(Optional<Path> place) {
        documents = opener.open(place, reader);
    }

    abstract class TakingOver extends DocumentServiceContract {
        @Override
        protected DocumentService service() {
            return documents;
        }
    }

    abstract class Keeping extends KeptDocumentsContract {
        @Override
        protected DocumentService service() {
            return documents;
        }

        @Override
        protected PassageSearch search() {
            return documents;
        }
    }

    abstract class Holding extends HeldIngestionContract {
        @Override
        protected DocumentService service() {
            return documents;
        }

        @Override
        protected void hold() {
            reader.hold();
        }

        @Override
        protected void release() {
            reader.release();
        }
    }

    @Nested
    class TakingOverInADirectory extends TakingOver {
        @BeforeEach
        void open() {
            EmbeddedDocumentsTest.this.open(Optional.of(directory));
        }
    }

    @Nested
    class TakingOverInMemory extends TakingOver {
        @BeforeEach
        void open() {
            EmbeddedDocumentsTest.this.open(Optional.empty());
        }
    }

    @Nested
    class KeepingInADirectory extends Keeping {
        @BeforeEach
        void open() {
            EmbeddedDocumentsTest.this.open(Optional.of(directory));
        }
    }

    @Nested
    class KeepingInMemory extends Keeping {
        @BeforeEach
        void open() {
            EmbeddedDocumentsTest.this.open(Optional.empty());
        }
    }

    @Nested
    class HoldingInADirectory extends Holding {
        @BeforeEach
        void open() {
            EmbeddedDocumentsTest.this.open(Optional.of(directory));
        }
    }

    @Nested
    class HoldingInMemory extends Holding {
        @BeforeEach
        void open() {
            EmbeddedDocumentsTest.this.open(Optional.empty());
        }
    }
}
