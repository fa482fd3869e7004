package dev.daveloper.embedded.documents;

import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** The public-domain texts that retrieval is measured with, and what they are asked. See the README beside them. */
public final class Corpus {
    private static final List<String> NAMES = List.of("constitution", "declaration");
    private static final int PLACES = 10;

    private Corpus() {}

    /**
     * A question and what answers it.
     *
     * @param ownWords whether it is asked in other words than the passage's
     * @param words stand in the passage that answers it and in no other of the document
     */
    public record Asked(boolean ownWords, String question, String document, String words) {
        boolean isAnsweredBy(FoundPassage passage) {
            return passage.documentName().equals(document)
                    && passage.text().replaceAll("\\s+", " ").contains(words);
        }
    }

    /**
     * How well questions were answered.
     *
     * @param first the part whose passage came first
     * @param firstFive the part whose passage was among the first five
     * @param reciprocalRank the mean of 1 divided by the passage's place, 0 beyond the tenth
     */
    public record Score(double first, double firstFive, double reciprocalRank) {
        @Override
        public String toString() {
            return "recall@1 %.2f, recall@5 %.2f, MRR %.2f".formatted(first, firstFive, reciprocalRank);
        }
    }

    /** Puts the texts into an index. */
    public static void putInto(DocumentIndex index) throws InterruptedException {
        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get(i);
            List<IndexedPassage> passages = index.split(name, new ExtractedText(read(name + ".txt"), List.of()));
            index.put(Documents.id(i), Scope.SHARED, name, passages, progress -> {});
        }
    }

    public static List<Asked> questions() {
        return read("questions.tsv")
                .lines()
                .map(line -> line.split("\t"))
                .map(Corpus::asked)
                .toList();
    }

    /** How well the index answers those questions that are wanted. */
    public static Score score(DocumentIndex index, Predicate<Asked> wanted) {
        double first = 0;
        double firstFive = 0;
        double reciprocal = 0;
        List<Asked> questions = questions().stream().filter(wanted).toList();
        for (Asked asked : questions) {
            int place = placeOf(index, asked);
            first += place == 1 ? 1 : 0;
            firstFive += place <= 5 ? 1 : 0;
            reciprocal += place <= PLACES ? 1.0 / place : 0;
        }
        return new Score(first / questions.size(), firstFive / questions.size(), reciprocal / questions.size());
    }

    /** From 1; beyond the places that count when it was not found. */
    static int placeOf(DocumentIndex index, Asked asked) {
        List<FoundPassage> found = index.search(asked.question(), List.of(Scope.SHARED), PLACES);
        for (int i = 0; i < found.size(); i++) {
            if (asked.isAnsweredBy(found.get(i))) {
                return i + 1;
            }
        }
        return PLACES + 1;
    }

    private static Asked asked(String[] columns) {
        return new Asked(columns[0].equals("other"), columns[1], columns[2], columns[3]);
    }

    private static String read(String file) {
        try (InputStream stream = Objects.requireNonNull(Corpus.class.getResourceAsStream("/corpus/" + file))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
