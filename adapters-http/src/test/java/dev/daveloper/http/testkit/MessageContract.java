package dev.daveloper.http.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds what is said over WebSocket against the AsyncAPI document; events over server-sent events are the same. Safe
 * for use by many threads.
 */
public final class MessageContract {
    static final ApiDocument DOCUMENT = ApiDocument.of("asyncapi.yaml");

    private static final Map<String, String> SCHEMAS = schemas();

    private MessageContract() {}

    /** The types of all messages, of both sides. */
    public static List<String> types() {
        return List.copyOf(SCHEMAS.keySet());
    }

    /** @throws AssertionError saying all that is wrong, when the message is not as it is described */
    public static void check(JsonNode message) {
        String schema = SCHEMAS.get(message.path("type").asText());
        List<String> flaws = schema == null ? List.of("no such type is described") : DOCUMENT.flaws(schema, message);
        if (!flaws.isEmpty()) {
            throw new AssertionError("not as asyncapi.yaml has it:\n" + String.join("\n", flaws) + "\n" + message);
        }
    }

    private static Map<String, String> schemas() {
        Map<String, String> schemas = new TreeMap<>();
        DOCUMENT.at("/components/messages")
                .properties()
                .forEach(message -> schemas.put(
                        message.getValue().get("name").textValue(),
                        "/components/messages/" + message.getKey() + "/payload"));
        return schemas;
    }
}
