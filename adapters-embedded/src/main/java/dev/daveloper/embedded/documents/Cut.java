package dev.daveloper.embedded.documents;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * Cuts long stretches of a text where a reader would: behind a sentence, a word, or at least a whole character, in
 * any language. Looks at no more than one piece at a time. For one thread.
 */
final class Cut {
    private final String source;
    private final int full;
    private final BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
    private final BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);

    /** @param full how many characters a piece has at most */
    Cut(String source, int full) {
        this.source = source;
        this.full = full;
    }

    /** Where the piece that begins here ends: at most a full one further on, and no further than the limit. */
    int next(int from, int limit, boolean code) {
        if (limit - from <= full) {
            return limit;
        }
        String window = source.substring(from, from + full);
        if (code) {
            int line = window.lastIndexOf('\n');
            if (line > 0) {
                return from + line + 1;
            }
        }
        int behind = lastBreak(sentences, window, full / 4);
        if (behind < 0) {
            behind = lastBlank(window, full / 2);
        }
        if (behind < 0) {
            behind = lastBreak(characters, window, full / 2);
        }
        return from + (behind < 0 ? wholeCodePoints(window) : behind);
    }

    /** The first position of the range that is no blank; its end when there is none. */
    int skipBlanks(int from, int to) {
        int start = from;
        while (start < to && isBlank(source.charAt(start))) {
            start++;
        }
        return start;
    }

    /** Behind the last position of the range that is no blank; its beginning when there is none. */
    int trimBlanks(int from, int to) {
        int end = to;
        while (end > from && isBlank(source.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** As much of a text as a piece may have, in whole code points. */
    static String beginning(String text, int chars) {
        return text.length() <= chars ? text : text.substring(0, wholeCodePoints(text.substring(0, chars)));
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static int lastBreak(BreakIterator breaks, String window, int least) {
        breaks.setText(window);
        int behind = breaks.preceding(window.length());
        return behind == BreakIterator.DONE || behind < least ? -1 : behind;
    }

    private static int lastBlank(String window, int least) {
        for (int i = window.length(); i > least; i--) {
            if (isBlank(window.charAt(i - 1))) {
                return i;
            }
        }
        return -1;
    }

    private static int wholeCodePoints(String window) {
        int end = window.length();
        return Character.isHighSurrogate(window.charAt(end - 1)) ? end - 1 : end;
    }
}
