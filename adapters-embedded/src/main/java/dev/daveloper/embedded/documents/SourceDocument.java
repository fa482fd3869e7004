package dev.daveloper.embedded.documents;

/**
 * A document to find passages in.
 *
 * @param id unique within an index
 * @param title its name for people
 * @param url where a browser opens it, without a fragment
 * @param markdown its source; all positions are in UTF-16 code units of this text
 * @param weight what its passages count compared with those of other documents, above 0 and at most 1
 */
public record SourceDocument(String id, String title, String url, String markdown, float weight) {
    public SourceDocument(String id, String title, String url, String markdown) {
        this(id, title, url, markdown, 1);
    }
}
