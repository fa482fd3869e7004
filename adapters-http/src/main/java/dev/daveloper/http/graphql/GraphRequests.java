package dev.daveloper.http.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.http.requests.JsonCodec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads requests, in the two forms in which they come. What they have beside what is known here does not matter. */
final class GraphRequests {
    private GraphRequests() {}

    /** @throws InvalidRequest when a member is not of its type */
    static GraphRequest of(ObjectNode body, JsonCodec json) {
        return new GraphRequest(
                text(body.get("query"), "query"),
                text(body.get("documentId"), "documentId"),
                text(body.get("operationName"), "operationName"),
                map(body.get("variables"), "variables", json),
                map(body.get("extensions"), "extensions", json));
    }

    /**
     * @param parameters of the address, by their names
     * @throws InvalidRequest when a parameter is not of its type
     */
    static GraphRequest of(Function<String, @Nullable String> parameters, JsonCodec json) {
        return new GraphRequest(
                given(parameters.apply("query")),
                given(parameters.apply("documentId")),
                given(parameters.apply("operationName")),
                object(parameters.apply("variables"), "variables", json),
                object(parameters.apply("extensions"), "extensions", json));
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).filter(any -> !any.isEmpty());
    }

    private static Optional<String> text(@Nullable JsonNode node, String name) {
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw new InvalidRequest("#/" + name, name + " must be a string.");
        }
        return given(node.textValue());
    }

    private static Map<String, Object> map(@Nullable JsonNode node, String name, JsonCodec json) {
        if (node == null || node.isNull()) {
            return Map.of();
        }
        if (!(node instanceof ObjectNode object)) {
            throw new InvalidRequest("#/" + name, name + " must be an object.");
        }
        return json.map(object);
    }

    private static Map<String, Object> object(@Nullable String text, String name, JsonCodec json) {
        if (text == null || text.isEmpty() || text.equals("null")) {
            return Map.of();
        }
        if (!(json.value(text) instanceof Map<?, ?> map)) {
            throw new InvalidRequest("#/" + name, name + " must be an object.");
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }
}
