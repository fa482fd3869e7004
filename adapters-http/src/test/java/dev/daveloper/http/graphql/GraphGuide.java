package dev.daveloper.http.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.http.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The operations of the guide to GraphQL, in its order. */
final class GraphGuide {
    private static final Path GUIDE = Path.of("..", "docs", "guides", "graphql.md");
    private static final Pattern OPERATION = Pattern.compile("(?m)^### \\d+\\. (.+)$");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(graphql|json)\n(.*?)^```$");

    private GraphGuide() {}

    /**
     * An operation below a heading of its own.
     *
     * @param answer what is shown to come back; empty where it is a stream
     */
    record Example(String heading, String query, JsonNode variables, Optional<JsonNode> answer) {}

    static String text() throws IOException {
        return Files.readString(GUIDE);
    }

    static List<Example> examples() throws IOException {
        String text = text();
        List<Example> examples = new ArrayList<>();
        Matcher heading = OPERATION.matcher(text);
        while (heading.find()) {
            int end = text.indexOf("\n##", heading.end());
            examples.add(example(heading.group(1), text.substring(heading.end(), end)));
        }
        return examples;
    }

    private static Example example(String heading, String section) throws IOException {
        String query = "";
        JsonNode variables = TestGateway.JSON.createObjectNode();
        Optional<JsonNode> answer = Optional.empty();
        Matcher block = BLOCK.matcher(section);
        while (block.find()) {
            if (block.group(1).equals("graphql")) {
                query = block.group(2);
                continue;
            }
            JsonNode json = TestGateway.JSON.readTree(block.group(2));
            if (json.has("data")) {
                answer = Optional.of(json);
            } else {
                variables = json;
            }
        }
        return new Example(heading, query, variables, answer);
    }
}
