package dev.daveloper.http.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One of the API's documents, with its schemas ready to validate. They are stricter than they are written: a client has
 * to ignore members that it does not know, but what the gateway says must be described. Safe for use by many threads.
 */
public final class ApiDocument {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String SCHEMAS = "/components/schemas/";
    private static final String DEFINITIONS = "/$defs/";

    private final String id;
    private final JsonNode root;
    private final JsonSchemaFactory factory;
    private final SchemaValidatorsConfig config =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    private ApiDocument(String name, JsonNode written) {
        this.id = "https://localhost/" + name;
        this.root = written;
        SchemaClosing.close(root);
        absolute(root);
        String definitions = "{\"$defs\":" + root.at("/components/schemas") + "}";
        this.factory = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(id, definitions))));
    }

    /** The document of this name, as it is served. */
    public static ApiDocument of(String name) {
        try (InputStream in = ApiDocument.class.getResourceAsStream("/api/" + name)) {
            return new ApiDocument(name, YAML.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands at this JSON Pointer, with references followed. */
    public JsonNode at(String pointer) {
        JsonNode found = root.at(pointer);
        JsonNode reference = found.path("$ref");
        return reference.isMissingNode() ? found : at(pointerOf(reference.textValue()));
    }

    /** Where what stands at this JSON Pointer stands really. */
    public String resolve(String pointer) {
        JsonNode reference = root.at(pointer).path("$ref");
        return reference.isMissingNode() ? pointer : resolve(pointerOf(reference.textValue()));
    }

    /** How the value breaks the schema at this JSON Pointer; empty when it does not. */
    public List<String> flaws(String pointer, JsonNode value) {
        JsonSchema schema = schemas.computeIfAbsent(pointer, place -> {
            JsonNode found = root.at(place);
            if (found.isMissingNode()) {
                throw new IllegalArgumentException("there is no schema at " + place);
            }
            return factory.getSchema(found, config);
        });
        List<String> flaws = new ArrayList<>();
        for (ValidationMessage message : schema.validate(value)) {
            flaws.add(message.getMessage());
        }
        return flaws;
    }

    /** One step of a JSON Pointer. */
    public static String step(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static String pointerOf(String reference) {
        return reference.substring(reference.indexOf('#') + 1).replace(DEFINITIONS, SCHEMAS);
    }

    /** Lets references be understood wherever their schema is put. */
    private void absolute(JsonNode node) {
        if (node instanceof ObjectNode object) {
            String reference = object.path("$ref").asText();
            if (reference.startsWith("#" + SCHEMAS)) {
                object.put("$ref", id + reference.replace(SCHEMAS, DEFINITIONS));
            }
            object.properties().forEach(member -> absolute(member.getValue()));
        } else if (node instanceof ArrayNode array) {
            array.forEach(this::absolute);
        }
    }
}
