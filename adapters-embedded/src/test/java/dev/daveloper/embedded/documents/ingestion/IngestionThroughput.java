package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.application.testkit.Uploads;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Prints how fast documents are ingested, and how long listing and searching take when they are there. Arguments: an
 * empty directory, how many documents, and how many words each has.
 */
final class IngestionThroughput {
    private static final int ASKED = 200;
    private static final List<Scope> SHARED = List.of(Scope.SHARED);

    private IngestionThroughput() {}

    private interface Question {
        void ask() throws InterruptedException;
    }

    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[1]);
        int words = Integer.parseInt(args[2]);
        EmbeddedDocumentsConfig config = TestDocuments.config(Optional.of(Path.of(args[0])));
        Random random = new Random(1);
        long start = System.nanoTime();
        try (EmbeddedDocuments documents = EmbeddedDocuments.open(config, new TextReader())) {
            for (int i = 0; i < count; i++) {
                accept(documents, i, text(random, words));
            }
            double accepted = (System.nanoTime() - start) / 1e9;
            while (!documents.unfinished(1).isEmpty()) {
                pause();
            }
            double ingested = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%,d documents of %,d words, %d workers: accepted in %.1f s, ingested in %.1f s, %,.0f an hour%n",
                    count, words, config.workers(), accepted, ingested, count / ingested * 3600);
            for (String round : List.of("warm-up", "measured")) {
                time(
                        round + " first page of 50",
                        () -> documents.list(DocumentQuery.of(SHARED), new PageRequest(50, Optional.empty())));
                time(
                        round + " page of a rare name",
                        () -> documents.list(
                                new DocumentQuery(SHARED, Optional.of("number 17."), Optional.empty()),
                                new PageRequest(50, Optional.empty())));
                time(
                        round + " search of 8 passages",
                        () -> documents.search("what of " + word(random) + " and " + word(random) + "?", SHARED, 8));
            }
        }
        long reopening = System.nanoTime();
        EmbeddedDocuments.open(config, new TextReader()).close();
        System.out.printf("opened again and closed in %.2f s%n", (System.nanoTime() - reopening) / 1e9);
    }

    private static void accept(EmbeddedDocuments documents, int number, String text) throws InterruptedException {
        while (true) {
            try {
                Uploads.handOver(documents, Scope.SHARED, "Document number " + number + ".txt", text);
                return;
            } catch (DocumentsUnavailable busy) {
                pause();
            }
        }
    }

    private static void pause() throws InterruptedException {
        new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
    }

    private static String text(Random random, int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= words; i++) {
            text.append(word(random)).append(i % 100 == 0 ? ".\n\n" : i % 12 == 0 ? ". " : " ");
        }
        return text.toString();
    }

    /** One of some 20,000, the low ones more often, as in a language. */
    private static String word(Random random) {
        return "w" + Integer.toString((int) (20_000 * Math.pow(random.nextDouble(), 3)), 36);
    }

    private static void time(String what, Question question) throws InterruptedException {
        long[] nanos = new long[ASKED];
        for (int i = 0; i < ASKED; i++) {
            long before = System.nanoTime();
            question.ask();
            nanos[i] = System.nanoTime() - before;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%s: median %.2f ms, 99 %% %.2f ms%n", what, nanos[ASKED / 2] / 1e6, nanos[ASKED * 99 / 100] / 1e6);
    }
}
