package dev.daveloper.embedded.documents;

import java.util.List;

/**
 * A stretch of one section of a document, long enough to be understood and short enough to be read.
 *
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
        String url,
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

    /** The source's name for people: the document, and the section where there is one. */
    public String title() {
        return headings.isEmpty() ? documentTitle : documentTitle + " — " + headings.getLast();
    }

    /** A part of the document's source, which lies within this passage. */
    public String quote(int from, int to) {
        return source.substring(from - start, to - start);
    }

    /** Where a browser opens the document with this part of it marked. */
    public String urlOf(int from, int to) {
        return url + "#p=" + from + "-" + to;
    }
}
