package dev.daveloper.embedded.documents.ingestion;

import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.Uploads;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.IngestionJob.Ticket;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.embedded.documents.ExtractedText;
import dev.daveloper.embedded.documents.extraction.Extractor;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.DoubleConsumer;

/**
 * A process that ingests until it is killed. Says {@code accepted DOCUMENT JOB} for what was accepted and then, where
 * it comes to stand, {@code there}. Arguments: the directory, and what it does.
 */
final class DoomedIngestion {
    static final String SAID_WHEN_THERE = "there";

    private DoomedIngestion() {}

    /** What it does until it is killed. */
    enum Doing {
        /** Accepts one document after the other and ingests them meanwhile. */
        ACCEPTING,
        /** Has accepted one document and is in the middle of reading it. */
        READING,
        /** Has been opened, and is in the middle of reading what was there. */
        RESUMING,
        /** Has accepted one document whose passages are in the index, and that is not listed. */
        INDEXED
    }

    public static void main(String[] args) throws Exception {
        EmbeddedDocumentsConfig config = TestDocuments.config(Optional.of(Path.of(args[0])));
        Doing doing = Doing.valueOf(args[1]);
        TextReader reader = new TextReader();
        Storage storage = Storage.open(config);
        if (doing == Doing.READING || doing == Doing.RESUMING) {
            reader.hold();
        }
        Extractor extractor = doing == Doing.INDEXED ? new OccupyingTheDatabase(reader, storage) : reader;
        EmbeddedDocuments documents = EmbeddedDocuments.open(config, storage, extractor);
        switch (doing) {
            case ACCEPTING -> {
                for (int i = 0; ; i++) {
                    accept(documents, "Lighthouse number " + i);
                }
            }
            case READING -> {
                accept(documents, "A lighthouse");
                await().until(() -> reader.reading() == 1);
            }
            case RESUMING -> await().until(() -> reader.reading() == 1);
            case INDEXED -> {
                DocumentId document = accept(documents, "A lighthouse");
                await().until(() -> storage.index().documents().contains(document));
            }
        }
        System.out.println(SAID_WHEN_THERE);
        new CountDownLatch(1).await();
    }

    private static DocumentId accept(EmbeddedDocuments documents, String text) {
        Ticket ticket = Uploads.handOver(documents, Scope.SHARED, "some.txt", text)
                .job()
                .ticket();
        System.out.println("accepted " + ticket.documentId() + " " + ticket.id());
        return ticket.documentId();
    }

    /** When the text is read the database's writer is kept busy for good, so that nothing is listed any more. */
    private record OccupyingTheDatabase(TextReader reader, Storage storage) implements Extractor {
        @Override
        public ExtractedText extract(Path file, MediaKind kind, DoubleConsumer progress) throws InterruptedException {
            ExtractedText text = reader.extract(file, kind, progress);
            CountDownLatch occupied = new CountDownLatch(1);
            Thread.ofVirtual()
                    .start(() -> storage.sqlite().write(connection -> {
                        occupied.countDown();
                        return forGood();
                    }));
            occupied.await();
            return text;
        }

        private static int forGood() {
            try {
                new CountDownLatch(1).await();
                return 0;
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts the database's writer", e);
            }
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
