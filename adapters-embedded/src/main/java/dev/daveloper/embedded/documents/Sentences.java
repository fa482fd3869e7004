package dev.daveloper.embedded.documents;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Where the sentences of a paragraph begin and end. Knows that code, links and abbreviations contain full stops. */
final class Sentences {
    private static final Pattern ABBREVIATION =
            Pattern.compile("(?i).*\\b(e\\.g|i\\.e|etc|vs|cf|approx|no|min|max)\\.\\s*$", Pattern.DOTALL);

    private Sentences() {}

    /** A half-open range of the text. */
    record Range(int start, int end) {}

    static List<Range> of(String text) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        breaks.setText(text);
        List<Range> ranges = new ArrayList<>();
        int start = 0;
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            if (end < text.length() && !endsSentence(text.substring(start, end))) {
                continue;
            }
            Range range = trimmed(text, start, end);
            if (range.start() < range.end()) {
                ranges.add(range);
            }
            start = end;
        }
        return ranges;
    }

    private static boolean endsSentence(String candidate) {
        return isBalanced(candidate) && !ABBREVIATION.matcher(candidate).matches();
    }

    private static boolean isBalanced(String candidate) {
        boolean inCode = false;
        int brackets = 0;
        for (int i = 0; i < candidate.length(); i++) {
            char c = candidate.charAt(i);
            if (c == '`') {
                inCode = !inCode;
            } else if (!inCode && (c == '[' || c == '(')) {
                brackets++;
            } else if (!inCode && (c == ']' || c == ')')) {
                brackets--;
            }
        }
        return !inCode && brackets <= 0;
    }

    private static Range trimmed(String text, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        return new Range(from, to);
    }
}
