package dev.daveloper.embedded.chat.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.embedded.documents.Match;
import dev.daveloper.embedded.documents.PassageIndex;
import java.util.List;

/** Finds passages in the documents. */
final class SearchDocuments implements AgentTool {
    static final String NAME = "search_documents";
    static final int USUAL_LIMIT = 5;
    private static final int MAX_LIMIT = 10;
    private static final int MAX_QUERY_CHARS = 1_000;

    private final PassageIndex index;

    SearchDocuments(PassageIndex index) {
        this.index = index;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Searches the documentation and returns the passages that fit best, numbered for citing.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter("query", Parameter.Type.TEXT, true, 1, MAX_QUERY_CHARS, "What to look for, in words."),
                new Parameter("limit", Parameter.Type.NUMBER, false, 1, MAX_LIMIT, "How many passages at most."));
    }

    @Override
    public ToolResult use(JsonNode arguments, Evidence evidence) {
        int limit = arguments.path("limit").asInt(USUAL_LIMIT);
        return result(index.search(arguments.get("query").textValue(), limit), evidence);
    }

    /** What was found as a tool says it. */
    static ToolResult result(List<Match> matches, Evidence evidence) {
        ObjectNode found = JsonText.object();
        ArrayNode passages = found.putArray("passages");
        for (Match match : matches) {
            evidence.number(match)
                    .ifPresent(number -> passages.addObject()
                            .put("number", number)
                            .put("title", match.passage().title())
                            .put(
                                    "url",
                                    match.passage()
                                            .urlOf(
                                                    match.passage().start(),
                                                    match.passage().end()))
                            .put("text", match.passage().source()));
        }
        return new ToolResult(true, found.toString());
    }
}
