package dev.daveloper.http.requests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object as a request record, once through, and notes every member that is unknown or of another type
 * than it should be. What could not be read is null in the record.
 */
final class RecordReader {
    private final Part part;
    private final Violations violations;

    RecordReader(Part part, Violations violations) {
        this.part = part;
        this.violations = violations;
    }

    <T> T read(ObjectNode tree, Class<T> type, String place) {
        RecordShape shape = RecordShape.of(type);
        @Nullable Object[] values = new Object[shape.names().size()];
        for (Map.Entry<String, JsonNode> entry : tree.properties()) {
            String name = entry.getKey();
            RecordShape.Member member = shape.member(name);
            if (member == null) {
                violations.add(
                        Pointers.in(place, name), "There is no " + part + " '" + Unicode.quoted(name) + "' here.");
            } else {
                values[member.position()] = value(entry.getValue(), member.type(), Pointers.in(place, name), name);
            }
            if (violations.areFull()) {
                break;
            }
        }
        return shape.make(type, values);
    }

    private @Nullable Object value(JsonNode node, Type type, String place, String name) {
        if (node.isNull()) {
            return null;
        }
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return list(node, list.getActualTypeArguments()[0], place, name);
        }
        Class<?> wanted = (Class<?>) type;
        if (wanted.isRecord()) {
            return node instanceof ObjectNode object ? read(object, wanted, place) : not("an object", place, name);
        }
        return simple(node, wanted, place, name);
    }

    private @Nullable Object simple(JsonNode node, Class<?> wanted, String place, String name) {
        if (wanted == String.class) {
            return node.isTextual() ? text(node.textValue(), place, name) : not("a string", place, name);
        }
        if (wanted == Boolean.class) {
            return node.isBoolean() ? (Object) node.booleanValue() : not("true or false", place, name);
        }
        if (wanted == Integer.class) {
            boolean whole = node.isIntegralNumber() && node.canConvertToInt();
            return whole ? (Object) node.intValue() : not("a whole number", place, name);
        }
        if (wanted == ObjectNode.class) {
            return node.isObject() ? free(node, place) : not("an object", place, name);
        }
        throw new IllegalStateException("request records have no members of " + wanted);
    }

    private @Nullable Object list(JsonNode node, Type itemType, String place, String name) {
        if (!(node instanceof ArrayNode array)) {
            return not("a list", place, name);
        }
        List<@Nullable Object> items = new ArrayList<>();
        for (JsonNode item : array) {
            String itemPlace = Pointers.in(place, items.size());
            items.add(
                    item.isNull() ? not("given", itemPlace, "The item") : value(item, itemType, itemPlace, "The item"));
            if (violations.areFull()) {
                break;
            }
        }
        return Collections.unmodifiableList(items);
    }

    private @Nullable String text(String text, String place, String name) {
        if (Unicode.isWellFormed(text)) {
            return text;
        }
        violations.add(place, name + " must be well-formed Unicode: it has half of a surrogate pair.");
        return null;
    }

    /** An object whose members are nobody's affair here, but which must be fit to be written as UTF-8. */
    private JsonNode free(JsonNode node, String place) {
        if (node.isTextual()) {
            text(node.textValue(), place, "The text");
        }
        int index = 0;
        for (JsonNode item : node.isArray() ? node : List.<JsonNode>of()) {
            free(item, Pointers.in(place, index++));
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String memberPlace = Pointers.in(place, member.getKey());
            free(member.getValue(), memberPlace);
        }
        return node;
    }

    private @Nullable Object not(String expected, String place, String name) {
        violations.add(place, name + " must be " + expected + ".");
        return null;
    }

    /** What the object is of the request. */
    enum Part {
        BODY("member"),
        QUERY("query parameter"),
        HEADERS("header");

        private final String name;

        Part(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
