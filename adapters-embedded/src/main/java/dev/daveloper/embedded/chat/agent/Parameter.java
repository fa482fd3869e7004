package dev.daveloper.embedded.chat.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One argument of a tool.
 *
 * @param min the least value of a number, the least length of a text in characters
 * @param max the greatest
 */
record Parameter(String name, Type type, boolean required, int min, int max, String description) {
    enum Type {
        TEXT("string"),
        NUMBER("integer");

        private final String schemaName;

        Type(String schemaName) {
            this.schemaName = schemaName;
        }
    }

    /** Adds what this parameter may be to the properties of a JSON Schema. */
    void describeIn(ObjectNode properties) {
        ObjectNode schema = properties.putObject(name);
        schema.put("type", type.schemaName);
        schema.put("description", description);
        schema.put(type == Type.TEXT ? "minLength" : "minimum", min);
        schema.put(type == Type.TEXT ? "maxLength" : "maximum", max);
    }

    /** What is wrong with a value that was given for it; empty when nothing is. */
    Optional<String> fault(JsonNode value) {
        return switch (type) {
            case TEXT -> textFault(value);
            case NUMBER -> numberFault(value);
        };
    }

    private Optional<String> textFault(JsonNode value) {
        if (!value.isTextual()) {
            return Optional.of(name + " must be a text.");
        }
        int length = value.textValue().length();
        return length >= min && length <= max
                ? Optional.empty()
                : Optional.of(name + " must have " + min + " to " + max + " characters, not " + length + ".");
    }

    private Optional<String> numberFault(JsonNode value) {
        boolean fits = value.isIntegralNumber() && value.canConvertToInt();
        return fits && value.intValue() >= min && value.intValue() <= max
                ? Optional.empty()
                : Optional.of(name + " must be a whole number from " + min + " to " + max + ".");
    }
}
