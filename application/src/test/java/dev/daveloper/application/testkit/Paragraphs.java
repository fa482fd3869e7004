package dev.daveloper.application.testkit;

import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.domain.documents.ContentHash;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.FoundPassage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** A plain text's paragraphs, found by any of their words or of the document's name. */
final class Paragraphs {
    private static final int NAME_WEIGHT_DIVISOR = 10;

    private Paragraphs() {}

    static List<String> of(String text) {
        return List.of(text.strip().split("\\n\\s*\\n"));
    }

    /** What matches the question; for a blank one how the document begins. */
    static List<FoundPassage> matching(Document document, String text, String question) {
        List<FoundPassage> found = new ArrayList<>();
        List<String> all = of(text);
        int start = 0;
        for (int i = 0; i < all.size(); i++) {
            start = text.indexOf(all.get(i), start);
            boolean opening = question.isBlank() && i < PassageSearch.OPENING_PASSAGES;
            double score = opening ? 1 : score(all.get(i), document.name(), words(question));
            if (score > 0) {
                found.add(new FoundPassage(
                        document.id(), document.name(), i, List.of(), OptionalInt.empty(), start, all.get(i), score));
            }
        }
        return found;
    }

    private static double score(String paragraph, String name, List<String> question) {
        List<String> own = words(paragraph);
        List<String> named = words(name);
        long inText = question.stream().filter(own::contains).count();
        long inName = question.stream().filter(named::contains).count();
        return inText + (double) inName / NAME_WEIGHT_DIVISOR;
    }

    private static List<String> words(String text) {
        return List.of(text.toLowerCase(Locale.ROOT).strip().split("\\W+"));
    }

    static ContentHash hashOf(byte[] bytes) {
        try {
            return new ContentHash(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
