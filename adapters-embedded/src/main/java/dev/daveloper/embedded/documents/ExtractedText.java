package dev.daveloper.embedded.documents;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * The text of a document.
 *
 * @param markdown the text with its structure: headings, paragraphs, lists, tables, code
 * @param pageStarts where each page, slide or sheet begins in it, ascending, in UTF-16 units; the first is 0. Empty
 *     for kinds that have no pages
 */
public record ExtractedText(String markdown, List<Integer> pageStarts) {
    public ExtractedText {
        pageStarts = List.copyOf(pageStarts);
    }

    public OptionalInt pages() {
        return pageStarts.isEmpty() ? OptionalInt.empty() : OptionalInt.of(pageStarts.size());
    }

    /** The page that this position lies on, from 1; empty where there are no pages. */
    public OptionalInt pageAt(int position) {
        if (pageStarts.isEmpty()) {
            return OptionalInt.empty();
        }
        int found = Collections.binarySearch(pageStarts, position);
        return OptionalInt.of(Math.max(1, found >= 0 ? found + 1 : -found - 1));
    }
}
