package dev.daveloper.embedded.chat.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.embedded.documents.Lookup;
import dev.daveloper.embedded.documents.Match;
import dev.daveloper.embedded.documents.Origin;
import dev.daveloper.embedded.documents.Passage;
import java.util.List;
import java.util.OptionalInt;

/** Finds passages in the documentation and in the documents of whoever asks. */
final class SearchDocuments implements AgentTool {
    static final String NAME = "search_documents";
    static final int USUAL_LIMIT = 5;
    private static final int MAX_LIMIT = 10;
    private static final int MAX_QUERY_CHARS = 1_000;

    private final Sources sources;

    SearchDocuments(Sources sources) {
        this.sources = sources;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Searches the documentation and the documents that the person uploaded, and returns the passages that"
                + " fit best, numbered for citing. The query 'summarise my document' returns how the latest document"
                + " begins; a file's name in the query, such as report.pdf, keeps to that document.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter("query", Parameter.Type.TEXT, true, 1, MAX_QUERY_CHARS, "What to look for, in words."),
                new Parameter("limit", Parameter.Type.NUMBER, false, 1, MAX_LIMIT, "How many passages at most."));
    }

    @Override
    public ToolResult use(JsonNode arguments, Evidence evidence) throws InterruptedException {
        int limit = arguments.path("limit").asInt(USUAL_LIMIT);
        Lookup lookup = sources.lookUp(evidence);
        List<Match> matches = lookup.search(arguments.get("query").textValue(), limit);
        if (lookup.documentsMissed()) {
            evidence.missDocuments();
        }
        ObjectNode found = JsonText.object();
        ArrayNode passages = found.putArray("passages");
        for (Match match : matches) {
            OptionalInt number = evidence.number(match);
            if (number.isPresent()) {
                ObjectNode entry = passages.addObject().put("number", number.getAsInt());
                describe(match.passage(), entry);
                entry.put("text", match.passage().source());
            }
        }
        if (evidence.documentsMissed()) {
            found.put("note", Wording.DOCUMENTS_MISSED);
        }
        return new ToolResult(true, found.toString());
    }

    /** Says of a passage where it stands. */
    static void describe(Passage passage, ObjectNode entry) {
        entry.put("title", passage.title());
        switch (passage.origin()) {
            case Origin.Library page -> entry.put("url", page.urlOf(passage.start(), passage.end()));
            case Origin.HandedOver document -> {
                entry.put("document", passage.documentTitle()).put("documentId", passage.documentId());
                document.page().ifPresent(number -> entry.put("page", number));
            }
        }
    }
}
