package dev.daveloper.http.graphql;

import java.util.Map;
import java.util.Optional;

/**
 * What is asked, whichever way it came.
 *
 * @param query the document; empty when it is only named
 * @param operationName which of its operations; empty where there is but one
 * @param extensions such as {@code persistedQuery}
 */
record GraphRequest(
        Optional<String> query,
        Optional<String> operationName,
        Map<String, Object> variables,
        Map<String, Object> extensions) {}
