package dev.daveloper.embedded.documents;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A stretch of one section of a document, long enough to be understood and short enough to be read.
 *
 * @param origin where it can be opened
 * @param ordinal how many passages of the document come before it
 * @param headings the headings it stands under, outermost first, without the document's title
 * @param start where it begins in the document's source, in UTF-16 code units
 * @param end behind its last character
 * @param source the document's source between the two
 * @param units what it consists of, in the order of the text; not empty
 */
public record Passage(
        String documentId,
        String documentTitle,
        Origin origin,
        int ordinal,
        List<String> headings,
        int start,
        int end,
        String source,
        List<Unit> units) {
    public Passage {
        headings = List.copyOf(headings);
        units = List.copyOf(units);
    }

    /** The source's name for people: the document, and the page or section where there is one. */
    public String title() {
        return origin.titleOf(documentTitle, headings);
    }

    /** The words that all of it stands under. */
    String headingText() {
        return documentTitle + " / " + String.join(" / ", headings);
    }

    /** The terms to find it by, the headings' included. */
    Set<String> termsBy(Function<String, Set<String>> words) {
        Set<String> terms = new HashSet<>(words.apply(headingText()));
        units.forEach(unit -> terms.addAll(words.apply(unit.searchText())));
        return terms;
    }

    /** A part of the document's source, which lies within this passage. */
    public String quote(int from, int to) {
        return source.substring(from - start, to - start);
    }
}
