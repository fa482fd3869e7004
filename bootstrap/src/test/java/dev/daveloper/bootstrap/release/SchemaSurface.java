package dev.daveloper.bootstrap.release;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map.Entry;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;

/**
 * The schemas of an API: of those that callers send everything that they may send stays allowed, of those that they are
 * answered everything stays there. Lists of values that are answered may grow, as the document says.
 */
final class SchemaSurface {
    private static final Set<String> MOST = Set.of("maxLength", "maximum", "maxItems", "maxProperties");
    private static final Set<String> LEAST = Set.of("minLength", "minimum", "minItems", "minProperties");

    private final JsonNode document;
    private final Surface surface;
    private final Set<String> known = new HashSet<>();
    private final Queue<Runnable> reached = new ArrayDeque<>();

    SchemaSurface(JsonNode document, Surface surface) {
        this.document = document;
        this.surface = surface;
    }

    /** Reads the named schemas that were met, and those that they lead to. */
    void readReached() {
        for (Runnable next = reached.poll(); next != null; next = reached.poll()) {
            next.run();
        }
    }

    /** What callers may send in this place. */
    void readTaken(String subject, JsonNode schema) {
        if (schema.has("$ref")) {
            surface.give(subject, "takes " + reach(schema, true));
            return;
        }
        for (String kind : new String[] {"anyOf", "oneOf", "allOf"}) {
            schema.path(kind).forEach(each -> readTaken(subject, each));
        }
        for (String type : typesOf(schema)) {
            surface.give(subject, "takes " + type);
        }
        schema.path("enum").forEach(value -> surface.give(subject, "takes the value " + value.asText()));
        readBounds(subject, schema);
        if (schema.has("items")) {
            readTaken(subject + "[]", schema.path("items"));
        }
        if (schema.path("additionalProperties").isObject()) {
            readTaken(subject + ".*", schema.path("additionalProperties"));
        }
        for (Entry<String, JsonNode> member : schema.path("properties").properties()) {
            surface.give(subject, "takes the member " + member.getKey());
            readTaken(subject + "." + member.getKey(), member.getValue());
        }
        schema.path("required").forEach(name -> surface.want(subject, "the member " + name.asText()));
    }

    private void readBounds(String subject, JsonNode schema) {
        for (Entry<String, JsonNode> each : schema.properties()) {
            if (MOST.contains(each.getKey())) {
                surface.want(
                        subject, each.getKey() + " at most " + each.getValue().asLong());
            } else if (LEAST.contains(each.getKey()) && each.getValue().asLong() > 0) {
                surface.want(
                        subject, each.getKey() + " at least " + each.getValue().asLong());
            } else if (each.getKey().equals("pattern")) {
                surface.want(subject, "the form " + each.getValue().asText());
            }
        }
    }

    /** What callers are answered in this place; members of schemas without a name are told with them. */
    private void readAnswered(String subject, JsonNode schema) {
        schema.path("allOf").forEach(each -> readAnswered(subject, each));
        if (schema.has("$ref")) {
            surface.give(subject, "has all of " + reach(schema, false));
        }
        for (Entry<String, JsonNode> member : schema.path("properties").properties()) {
            String name = subject + "." + member.getKey();
            surface.give(name, "is " + shapeOf(member.getValue()));
            readInner(name, member.getValue());
        }
        schema.path("required").forEach(name -> surface.give(subject + "." + name.asText(), "is always there"));
        readInner(subject, schema);
    }

    private void readInner(String subject, JsonNode schema) {
        if (schema.path("items").has("properties")) {
            readAnswered(subject + "[]", schema.path("items"));
        }
        if (schema.path("additionalProperties").has("properties")) {
            readAnswered(subject + ".*", schema.path("additionalProperties"));
        }
        for (String kind : new String[] {"anyOf", "oneOf"}) {
            for (JsonNode each : schema.path(kind)) {
                if (each.has("properties")) {
                    readAnswered(subject, each);
                }
            }
        }
        if (schema.has("properties") && subject.contains(".") && known.add("inner " + subject)) {
            readAnswered(subject, schema);
        }
    }

    /** A schema that is answered, in one word or a few. */
    String shapeOf(JsonNode schema) {
        if (schema.has("$ref")) {
            return reach(schema, false);
        }
        Set<String> shapes = new TreeSet<>();
        for (String kind : new String[] {"anyOf", "oneOf", "allOf"}) {
            schema.path(kind).forEach(each -> shapes.add(shapeOf(each)));
        }
        if (shapes.isEmpty()) {
            shapes.addAll(typesOf(schema));
        }
        String shape = shapes.isEmpty() ? "anything" : String.join(" or ", shapes);
        return schema.has("items") ? shape + " of " + shapeOf(schema.path("items")) : shape;
    }

    private static Set<String> typesOf(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isTextual()) {
            return Set.of(type.asText());
        }
        Set<String> types = new TreeSet<>();
        type.forEach(each -> types.add(each.asText()));
        return types;
    }

    private String reach(JsonNode ref, boolean isTaken) {
        String pointer = ref.path("$ref").asText();
        String name = pointer.substring(pointer.lastIndexOf('/') + 1);
        if (known.add((isTaken ? "taken " : "answered ") + name)) {
            JsonNode schema = document.at(pointer.substring(1));
            if (isTaken) {
                reached.add(() -> readTaken(name, schema));
            } else {
                reached.add(() -> {
                    surface.give(name, "is " + shapeOf(schema));
                    readAnswered(name, schema);
                });
            }
        }
        return name;
    }
}
