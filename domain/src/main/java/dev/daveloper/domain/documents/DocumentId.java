package dev.daveloper.domain.documents;

import dev.daveloper.domain.Ids;
import java.time.Instant;

/** One document, named before its bytes have come. Written {@code doc_} and 26 characters, see {@link Ids}. */
public record DocumentId(String value) {
    public static final String PREFIX = "doc_";

    public DocumentId {
        Ids.require("documentId", PREFIX, value);
    }

    public static DocumentId next(Ids ids) {
        return new DocumentId(ids.next(PREFIX));
    }

    /** When it was named, as the name says; nothing more is to be read from it. */
    public Instant madeAt() {
        return Ids.madeAt(PREFIX, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
