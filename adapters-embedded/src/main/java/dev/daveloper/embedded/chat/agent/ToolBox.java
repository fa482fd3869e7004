package dev.daveloper.embedded.chat.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.InvalidRequest.Violation;
import dev.daveloper.domain.failures.NotFound;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The agent's tools by name; lets nothing reach them that does not fit their parameters. */
final class ToolBox {
    static final int MAX_ARGUMENTS_CHARS = 16_384;
    private static final String ROOT = "#/arguments";

    private final Map<String, AgentTool> tools = new LinkedHashMap<>();

    ToolBox(List<AgentTool> tools) {
        tools.forEach(tool -> this.tools.put(tool.name(), tool));
    }

    List<AgentTool> all() {
        return List.copyOf(tools.values());
    }

    List<Tool> described() {
        return tools.values().stream()
                .map(tool -> new Tool(
                        tool.name(), tool.description(), new Json(schemaOf(tool).toString())))
                .toList();
    }

    /**
     * Uses a tool.
     *
     * @throws NotFound when there is none of this name
     * @throws InvalidRequest when the arguments do not fit its parameters, naming all that is wrong
     */
    ToolResult use(String name, Json arguments, Evidence evidence) throws InterruptedException {
        AgentTool tool = tools.get(name);
        if (tool == null) {
            throw new NotFound("tool");
        }
        return tool.use(checked(tool, arguments), evidence);
    }

    private static JsonNode checked(AgentTool tool, Json arguments) {
        JsonNode given = parsed(arguments);
        List<Violation> violations = new ArrayList<>();
        for (Parameter parameter : tool.parameters()) {
            JsonNode value = given.get(parameter.name());
            Optional<String> fault = value == null
                    ? Optional.of(parameter.name() + " is required.").filter(missing -> parameter.required())
                    : parameter.fault(value);
            fault.ifPresent(detail -> violations.add(new Violation(ROOT + "/" + parameter.name(), detail)));
        }
        given.fieldNames().forEachRemaining(field -> {
            if (tool.parameters().stream().noneMatch(known -> known.name().equals(field))) {
                String pointer = ROOT + "/" + field.replace("~", "~0").replace("/", "~1");
                violations.add(new Violation(pointer, "The tool has no such parameter."));
            }
        });
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        return given;
    }

    private static JsonNode parsed(Json arguments) {
        if (arguments.text().length() > MAX_ARGUMENTS_CHARS) {
            throw new InvalidRequest(ROOT, "The arguments must have at most " + MAX_ARGUMENTS_CHARS + " characters.");
        }
        try {
            JsonNode given = JsonText.MAPPER.readTree(arguments.text());
            if (given.isObject()) {
                return given;
            }
        } catch (JsonProcessingException e) {
            throw new InvalidRequest(ROOT, "The arguments must be well-formed JSON.");
        }
        throw new InvalidRequest(ROOT, "The arguments must be a JSON object.");
    }

    private static ObjectNode schemaOf(AgentTool tool) {
        ObjectNode schema = JsonText.MAPPER.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        tool.parameters().forEach(parameter -> parameter.describeIn(properties));
        ArrayNode required = schema.putArray("required");
        tool.parameters().stream().filter(Parameter::required).forEach(parameter -> required.add(parameter.name()));
        schema.put("additionalProperties", false);
        return schema;
    }
}
