package dev.daveloper.embedded.documents;

import java.util.List;
import java.util.OptionalInt;

/**
 * A passage of a person's document on its way into the index.
 *
 * @param ordinal how many passages of the document come before it
 * @param headings the headings it stands under, outermost first; may be empty
 * @param page the page, slide or sheet that all of it lies on, from 1; empty where there are none
 * @param start where it begins in the document's text, in UTF-16 code units
 * @param text the document's text from there, at most {@value #MAX_CHARS} characters; not empty
 * @param context words to find it by which it does not contain, such as a table's column names; may be empty
 */
public record IndexedPassage(
        int ordinal, List<String> headings, OptionalInt page, int start, String text, String context) {
    public static final int MAX_CHARS = 2_000;

    public IndexedPassage {
        headings = List.copyOf(headings);
    }

    /** Behind its last character in the document's text. */
    public int end() {
        return start + text.length();
    }
}
