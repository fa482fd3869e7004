package dev.daveloper.domain.documents;

import java.util.List;
import java.util.Optional;

/**
 * Which documents are wanted.
 *
 * @param scopes those of these scopes; not empty
 * @param nameContains only those whose name contains this, in upper or lower case; empty for all
 * @param kind only those of this kind; empty for all
 */
public record DocumentQuery(List<Scope> scopes, Optional<String> nameContains, Optional<MediaKind> kind) {
    public static final int MAX_NAME_CHARS = 200;

    public DocumentQuery {
        scopes = List.copyOf(scopes);
    }

    /** All documents of these scopes. */
    public static DocumentQuery of(List<Scope> scopes) {
        return new DocumentQuery(scopes, Optional.empty(), Optional.empty());
    }
}
