package dev.daveloper.bootstrap.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody may have meant who wrote a name that there is not. */
final class Suggestion {
    /** Of all characters, how many may differ: one in this many. */
    private static final int TOLERANCE = 3;

    private Suggestion() {}

    /** As the end of a sentence, such as {@code ; did you mean http.port?}, or a full stop when nothing is near. */
    static String endOf(String written, Collection<String> known) {
        return nearest(written, known)
                .map(name -> "; did you mean " + name + "?")
                .orElse(".");
    }

    static Optional<String> nearest(String written, Collection<String> known) {
        Optional<String> sameEnd = known.stream()
                .filter(name -> name.endsWith("." + written) || name.endsWith("-" + written))
                .findFirst();
        return sameEnd.or(() -> known.stream()
                .filter(name -> distance(written, name) <= Math.max(2, written.length() / TOLERANCE))
                .min(Comparator.comparingInt(name -> distance(written, name))));
    }

    /** The number of characters to insert, remove or replace (Levenshtein). */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int replaced = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[other.length()];
    }
}
