package dev.daveloper.http.graphql;

import java.util.Map;
import java.util.Optional;

/**
 * What a request calls its document.
 *
 * @param hash empty when it calls it nothing, or what is no name
 * @param isAutomatic whether it is called so as automatic persisted queries have it
 * @param flaw why it cannot be called so
 */
record DocumentName(Optional<DocumentHash> hash, boolean isAutomatic, Optional<String> flaw) {
    static final String EXTENSION = "persistedQuery";
    private static final String PREFIX = "sha256:";
    private static final int VERSION = 1;
    private static final DocumentName NONE = new DocumentName(Optional.empty(), false, Optional.empty());

    static DocumentName of(GraphRequest request) {
        DocumentName identified =
                request.documentId().map(DocumentName::identified).orElse(NONE);
        Object extension = request.extensions().get(EXTENSION);
        if (extension == null || identified.flaw().isPresent()) {
            return identified;
        }
        DocumentName automatic = automatic(extension);
        boolean differ = identified.hash().isPresent()
                && automatic.flaw().isEmpty()
                && !automatic.hash().equals(identified.hash());
        return differ ? flawed("documentId and extensions.persistedQuery name two documents.") : automatic;
    }

    private static DocumentName identified(String id) {
        Optional<DocumentHash> hash =
                id.startsWith(PREFIX) ? DocumentHash.read(id.substring(PREFIX.length())) : Optional.empty();
        return hash.isPresent()
                ? new DocumentName(hash, false, Optional.empty())
                : flawed("documentId must be sha256: and 64 lower-case hexadecimal digits.");
    }

    private static DocumentName automatic(Object extension) {
        if (!(extension instanceof Map<?, ?> members)) {
            return flawed("extensions.persistedQuery must be an object.");
        }
        if (!(members.get("version") instanceof Number version) || version.doubleValue() != VERSION) {
            return flawed("extensions.persistedQuery.version must be " + VERSION + ".");
        }
        Optional<DocumentHash> hash =
                members.get("sha256Hash") instanceof String hex ? DocumentHash.read(hex) : Optional.empty();
        return hash.isPresent()
                ? new DocumentName(hash, true, Optional.empty())
                : flawed("extensions.persistedQuery.sha256Hash must be 64 lower-case hexadecimal digits.");
    }

    private static DocumentName flawed(String flaw) {
        return new DocumentName(Optional.empty(), false, Optional.of(flaw));
    }
}
