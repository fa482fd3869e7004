package dev.daveloper.embedded.documents;

import dev.daveloper.domain.documents.DocumentId;

/** Documents of the tests. */
final class Documents {
    private Documents() {}

    /** An id that tells its number. */
    static DocumentId id(int number) {
        return new DocumentId(DocumentId.PREFIX + "%026d".formatted(number));
    }
}
