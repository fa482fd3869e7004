package dev.daveloper.http.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Lets the schemas of a document refuse members that they do not describe. */
final class SchemaClosing {
    private static final String CLOSED = "unevaluatedProperties";

    private SchemaClosing() {}

    static void close(JsonNode document) {
        // Those of components may be parts of others, which say themselves that they are whole.
        document.at("/components/schemas").forEach(schema -> close(schema, false));
        document.at("/components/messages").forEach(message -> close(message.path("payload"), true));
        closeContents(document);
    }

    /** Every schema of a body, wherever it is. */
    private static void closeContents(JsonNode node) {
        JsonNode content = node.path("content");
        if (content.isObject()) {
            content.forEach(media -> close(media.path("schema"), true));
        }
        node.forEach(SchemaClosing::closeContents);
    }

    private static void close(JsonNode schema, boolean whole) {
        if (!(schema instanceof ObjectNode object)) {
            return;
        }
        for (String parts : List.of("properties", "oneOf", "anyOf")) {
            object.path(parts).forEach(part -> close(part, true));
        }
        for (String part : List.of("items", "contentSchema", "additionalProperties")) {
            close(object.path(part), true);
        }
        // Says nothing that the schemas beside it do not.
        object.remove("discriminator");
        object.path("allOf").forEach(part -> close(part, false));
        if (whole && !object.has("additionalProperties")) {
            object.put(CLOSED, false);
        }
    }
}
