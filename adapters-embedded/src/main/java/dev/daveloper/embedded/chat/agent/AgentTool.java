package dev.daveloper.embedded.chat.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.domain.chat.ToolResult;
import java.util.List;

/** Something the agent can do on the way to an answer. Safe for use by many threads. */
interface AgentTool {
    String name();

    String description();

    List<Parameter> parameters();

    /**
     * Does it. What goes wrong is a result that is not ok and says why in one sentence.
     *
     * @param arguments an object that fits the parameters
     * @param evidence takes up the passages that were found
     */
    ToolResult use(JsonNode arguments, Evidence evidence) throws InterruptedException;
}
