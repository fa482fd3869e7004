package dev.daveloper.embedded.documents;

/**
 * A block of a document's text, as its lines show it.
 *
 * @param start where it begins in the text, in UTF-16 code units
 * @param end behind its last character; a block without an end of its own may be as long as the text
 * @param level of a heading, from 1; 0 for what is none
 * @param context the column names of the table that a row belongs to; empty for what is no row, or the first one
 */
record TextBlock(Kind kind, int start, int end, int level, String context) {
    enum Kind {
        HEADING,
        PARAGRAPH,
        LIST_ITEM,
        TABLE_ROW,
        CODE
    }
}
