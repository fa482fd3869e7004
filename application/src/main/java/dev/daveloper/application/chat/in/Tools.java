package dev.daveloper.application.chat.in;

import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.ToolResult;
import java.util.List;

/** What the agent can do, to look at and to try. */
public interface Tools {
    /** @throws dev.daveloper.domain.failures.AgentUnavailable when the agent cannot be asked */
    List<Tool> list();

    /**
     * Uses one tool once, outside any conversation.
     *
     * @param arguments an object that fits the tool's parameters
     * @throws dev.daveloper.domain.failures.NotFound when the agent has no tool of this name
     */
    ToolResult test(String name, Json arguments);
}
