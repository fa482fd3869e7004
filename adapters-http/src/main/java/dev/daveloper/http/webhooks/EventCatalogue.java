package dev.daveloper.http.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.domain.webhooks.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** All that receivers can be told of, with the schema of each body and an example. The same for as long as it runs. */
public final class EventCatalogue {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final List<Entry> ALL =
            Arrays.stream(EventType.values()).map(EventCatalogue::read).toList();

    private EventCatalogue() {}

    /**
     * @param schema JSON Schema, draft 2020-12, of the whole body
     * @param example a body that fits it
     */
    public record Entry(EventType type, ObjectNode schema, ObjectNode example) {}

    public static List<Entry> all() {
        return ALL;
    }

    /** Where the schema of a type lies. */
    static String resourceOf(EventType type) {
        return "/api/webhooks/" + type.wireName() + ".v" + type.version() + ".json";
    }

    private static Entry read(EventType type) {
        try (InputStream file =
                Objects.requireNonNull(EventCatalogue.class.getResourceAsStream(resourceOf(type)), type::wireName)) {
            ObjectNode schema = (ObjectNode) MAPPER.readTree(file);
            JsonNode examples = schema.get("examples");
            return new Entry(type, schema, (ObjectNode) ((ArrayNode) examples).get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
