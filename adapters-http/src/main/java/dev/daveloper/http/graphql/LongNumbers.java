package dev.daveloper.http.graphql;

/**
 * Numbers that nobody means. To make a number of its digits takes time with their square, so they are looked for before
 * a document is read.
 */
final class LongNumbers {
    /** As many as JSON's numbers may have here. */
    static final int MAX_DIGITS = 100;

    private static final String BLOCK = "\"\"\"";

    private LongNumbers() {}

    /** Whether there are too many digits in a row, but for texts and comments; in one pass. */
    static boolean in(String document) {
        int digits = 0;
        int at = 0;
        while (at < document.length()) {
            char c = document.charAt(at);
            digits = c >= '0' && c <= '9' ? digits + 1 : 0;
            if (digits > MAX_DIGITS) {
                return true;
            }
            at = switch (c) {
                case '#' -> behindLine(document, at);
                case '"' ->
                    document.startsWith(BLOCK, at)
                            ? behindBlock(document, at + BLOCK.length())
                            : behindText(document, at + 1);
                default -> at + 1;
            };
        }
        return false;
    }

    private static int behindLine(String document, int from) {
        int at = from;
        while (at < document.length() && document.charAt(at) != '\n' && document.charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    private static int behindBlock(String document, int from) {
        int at = document.indexOf(BLOCK, from);
        while (at > from && document.charAt(at - 1) == '\\') {
            at = document.indexOf(BLOCK, at + 1);
        }
        return at < 0 ? document.length() : at + BLOCK.length();
    }

    /** A text that is not closed ends with its line. */
    private static int behindText(String document, int from) {
        int at = from;
        while (at < document.length() && document.charAt(at) != '"' && document.charAt(at) != '\n') {
            at += document.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }
}
