package dev.daveloper.domain.documents;

import java.util.Locale;

/** What is being done to a document, in this order. */
public enum Stage {
    /** Its text is taken out of the file. */
    READING,
    /** The text is cut into passages. */
    SPLITTING,
    /** The passages are made findable. */
    INDEXING;

    /** As written in responses, in lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
