package dev.daveloper.embedded.documents;

/**
 * A document to find passages in.
 *
 * @param id unique within an index
 * @param title its name for people
 * @param url where a browser opens it, without a fragment
 * @param markdown its source; all positions are in UTF-16 code units of this text
 */
public record SourceDocument(String id, String title, String url, String markdown) {}
