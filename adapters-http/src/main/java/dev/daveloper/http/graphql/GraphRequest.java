package dev.daveloper.http.graphql;

import java.util.Map;
import java.util.Optional;

/**
 * What is asked, whichever way it came.
 *
 * @param query the document; empty when it is only named, see {@link NamedDocuments}
 * @param documentId what the document is called by
 * @param operationName which of its operations; empty where there is but one
 * @param extensions such as {@code persistedQuery}
 */
record GraphRequest(
        Optional<String> query,
        Optional<String> documentId,
        Optional<String> operationName,
        Map<String, Object> variables,
        Map<String, Object> extensions) {
    /** One that has its document, or names it among the extensions. */
    GraphRequest(
            Optional<String> query,
            Optional<String> operationName,
            Map<String, Object> variables,
            Map<String, Object> extensions) {
        this(query, Optional.empty(), operationName, variables, extensions);
    }

    /** Whether it neither has a document nor names one. */
    boolean isWithoutDocument() {
        return query.isEmpty() && documentId.isEmpty() && !extensions.containsKey(DocumentName.EXTENSION);
    }

    GraphRequest withQuery(String text) {
        return new GraphRequest(Optional.of(text), documentId, operationName, variables, extensions);
    }
}
