package dev.daveloper.embedded.documents;

import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a large index takes; then what people find by words alone and by words and vectors together, and what either
 * costs: the figures of docs/decisions/0011-bm25-by-default.md.
 */
public final class RetrievalComparison {
    private static final int WARM_UP_ROUNDS = 10;
    private static final int MEASURED_ROUNDS = 10;
    private static final int DOCUMENTS = 1_000;
    private static final int PASSAGES_EACH = 20;
    private static final int VOCABULARY = 30_000;
    private static final int WORDS_PER_PARAGRAPH = 160;

    private RetrievalComparison() {}

    /** Prints all figures. Takes minutes, and a directory for temporary files. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("retrieval");
        try {
            fill(folder.resolve("large"));
            compare("words alone", folder.resolve("words"), Optional.empty());
            Optional<Embeddings> embeddings = Embeddings.onClassPath();
            if (embeddings.isEmpty()) {
                throw new IllegalStateException("there is no embedding model on the class path");
            }
            compare("words and vectors", folder.resolve("both"), embeddings);
        } finally {
            delete(folder);
        }
    }

    private static void compare(String name, Path folder, Optional<Embeddings> embeddings) throws Exception {
        try (DocumentIndex index = DocumentIndex.open(Optional.of(folder), embeddings)) {
            long begun = System.nanoTime();
            Corpus.putInto(index);
            System.out.printf("%s: put in %d ms (cold)%n", name, millisSince(begun));
            System.out.printf("  all:             %s%n", Corpus.score(index, asked -> true));
            System.out.printf("  in its words:    %s%n", Corpus.score(index, asked -> !asked.ownWords()));
            System.out.printf("  in other words:  %s%n", Corpus.score(index, Corpus.Asked::ownWords));
            List<String> questions =
                    Corpus.questions().stream().map(Corpus.Asked::question).toList();
            System.out.printf("  a search: %s%n", latency(index, questions));
        }
        System.out.printf("  on disk: %,d KB%n", sizeOf(folder) >> 10);
    }

    /** Documents of words as frequent as words are, by Zipf's law. */
    private static void fill(Path folder) throws Exception {
        Random random = new Random(42);
        List<ExtractedText> texts = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            texts.add(new ExtractedText(text(random), List.of()));
        }
        List<Long> puts = new ArrayList<>();
        int passages = 0;
        try (DocumentIndex index = DocumentIndex.open(Optional.of(folder))) {
            long begun = System.nanoTime();
            for (int i = 0; i < DOCUMENTS; i++) {
                List<IndexedPassage> split = index.split("a.txt", texts.get(i));
                passages += split.size();
                long putBegun = System.nanoTime();
                DocumentId id = new DocumentId(DocumentId.PREFIX + "%026d".formatted(i));
                index.put(id, Scope.SHARED, "a.txt", split, progress -> {});
                puts.add(System.nanoTime() - putBegun);
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    "%,d documents, %,d passages: %.1f s, %.0f documents/s; a put with its commit: %s%n",
                    DOCUMENTS, passages, seconds, DOCUMENTS / seconds, percentiles(puts));
            List<String> questions =
                    Stream.generate(() -> words(random, 8)).limit(100).toList();
            System.out.printf("  a search: %s%n", latency(index, questions));
            begun = System.nanoTime();
            System.out.printf(
                    "  %d documents listed in %d ms%n", index.documents().size(), millisSince(begun));
        }
        long begun = System.nanoTime();
        try (DocumentIndex index = DocumentIndex.open(Optional.of(folder))) {
            System.out.printf("  opened and checked in %d ms%n", millisSince(begun));
            index.removeAll(Scope.SHARED);
        }
        System.out.printf("  on disk after all were removed: %,d KB%n", sizeOf(folder) >> 10);
    }

    private static String text(Random random) {
        return Stream.generate(() -> words(random, WORDS_PER_PARAGRAPH) + ".")
                .limit(PASSAGES_EACH)
                .collect(Collectors.joining("\n\n"));
    }

    private static String words(Random random, int count) {
        return random.doubles(count)
                .mapToObj(uniform -> Integer.toString((int) Math.pow(VOCABULARY, uniform) * 7 + 1_000, 36))
                .collect(Collectors.joining(" "));
    }

    private static String latency(DocumentIndex index, List<String> questions) {
        List<Long> nanos = new ArrayList<>();
        for (int round = 0; round < WARM_UP_ROUNDS + MEASURED_ROUNDS; round++) {
            for (String question : questions) {
                long begun = System.nanoTime();
                index.search(question, List.of(Scope.SHARED), 10);
                if (round >= WARM_UP_ROUNDS) {
                    nanos.add(System.nanoTime() - begun);
                }
            }
        }
        return percentiles(nanos);
    }

    private static String percentiles(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return "p50 %.2f ms, p95 %.2f ms, p99 %.2f ms"
                .formatted(millis(sorted, 0.5), millis(sorted, 0.95), millis(sorted, 0.99));
    }

    private static double millis(List<Long> sorted, double part) {
        return sorted.get((int) (sorted.size() * part)) / 1e6;
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }

    private static long sizeOf(Path folder) throws IOException {
        long size = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                size += Files.size(file);
            }
        }
        return size;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
