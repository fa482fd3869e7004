package dev.daveloper.domain.documents;

import java.util.List;
import java.util.OptionalInt;

/**
 * A passage of a document that speaks of what was asked.
 *
 * @param documentName what the document's owner calls it
 * @param ordinal how many passages of the document come before it
 * @param headings the headings that it stands under, outermost first; may be empty
 * @param page the page, slide or sheet it begins on, from 1; empty where there are none
 * @param start where it begins in the document's text, in UTF-16 code units
 * @param text the passage, as Markdown
 * @param score how well it fits compared with the others of the same search; higher is better
 */
public record FoundPassage(
        DocumentId documentId,
        String documentName,
        int ordinal,
        List<String> headings,
        OptionalInt page,
        int start,
        String text,
        double score) {
    public FoundPassage {
        headings = List.copyOf(headings);
    }

    /** Behind its last character in the document's text. */
    public int end() {
        return start + text.length();
    }
}
