package dev.daveloper.bootstrap.release;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.Set;

/**
 * What clients of the HTTP API rely on, read from its OpenAPI document: operations, who may call them, what they take
 * and answer. Texts, examples and the order of things break nobody.
 */
final class OpenApiSurface {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch", "head", "options");

    private final JsonNode document;
    private final Surface surface = new Surface();
    private final SchemaSurface schemas;
    private final Set<String> shared = new HashSet<>();

    private OpenApiSurface(JsonNode document) {
        this.document = document;
        this.schemas = new SchemaSurface(document, surface);
    }

    static Surface of(JsonNode document) {
        OpenApiSurface reading = new OpenApiSurface(document);
        for (Entry<String, JsonNode> path : document.path("paths").properties()) {
            reading.readPath(path.getKey(), reading.resolved(path.getValue()));
        }
        for (Entry<String, JsonNode> hook : document.path("webhooks").properties()) {
            reading.readContent(
                    "webhook " + hook.getKey(),
                    "sends",
                    reading.resolved(hook.getValue().at("/post/requestBody")),
                    false);
        }
        reading.schemas.readReached();
        return reading.surface;
    }

    private void readPath(String path, JsonNode item) {
        for (String method : METHODS) {
            JsonNode operation = item.path(method);
            if (!operation.isMissingNode()) {
                read(method.toUpperCase(Locale.ROOT) + " " + path, item, operation);
            }
        }
    }

    private void read(String subject, JsonNode item, JsonNode operation) {
        surface.give(subject, "is there");
        JsonNode security = operation.has("security") ? operation.path("security") : document.path("security");
        if (security.isEmpty()) {
            surface.give(subject, "may be called by anybody");
        }
        security.forEach(way -> surface.give(
                subject, way.isEmpty() ? "may be called by anybody" : "may be called with " + namesOf(way)));
        item.path("parameters").forEach(each -> readParameter(subject, resolved(each)));
        operation.path("parameters").forEach(each -> readParameter(subject, resolved(each)));
        JsonNode body = resolved(operation.path("requestBody"));
        readContent(subject, "takes", body, true);
        if (body.path("required").asBoolean()) {
            surface.want(subject, "a body");
        }
        for (Entry<String, JsonNode> answer : operation.path("responses").properties()) {
            readAnswer(subject, answer.getKey(), answer.getValue());
        }
    }

    private void readParameter(String subject, JsonNode parameter) {
        String name =
                parameter.path("in").asText() + " " + parameter.path("name").asText();
        surface.give(subject, "takes the " + name);
        if (parameter.path("required").asBoolean()) {
            surface.want(subject, "the " + name);
        }
        schemas.readTaken(subject + " " + name, parameter.path("schema"));
    }

    private void readAnswer(String subject, String status, JsonNode answer) {
        if (answer.has("$ref")) {
            String pointer = answer.path("$ref").asText();
            String name = pointer.substring(pointer.lastIndexOf('/') + 1);
            surface.give(subject, "answers " + status + " as " + name);
            if (shared.add(name)) {
                readAnswer("answer " + name, "it", resolved(answer));
            }
            return;
        }
        surface.give(subject, "answers " + status);
        for (Entry<String, JsonNode> header : answer.path("headers").properties()) {
            surface.give(subject, "answers " + status + " with the header " + header.getKey());
        }
        readContent(subject, "answers " + status, answer, false);
    }

    private void readContent(String subject, String does, JsonNode message, boolean isTaken) {
        for (Entry<String, JsonNode> content : message.path("content").properties()) {
            String fact = does + " " + content.getKey();
            JsonNode schema = content.getValue().path("schema");
            if (isTaken) {
                surface.give(subject, fact);
                schemas.readTaken(subject + " body", schema);
            } else {
                surface.give(subject, fact + " " + schemas.shapeOf(schema));
            }
        }
    }

    private static String namesOf(JsonNode way) {
        return way.properties().stream()
                .map(Entry::getKey)
                .sorted()
                .reduce((a, b) -> a + " and " + b)
                .orElse("");
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }
}
