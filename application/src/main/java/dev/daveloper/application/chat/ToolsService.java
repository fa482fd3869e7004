package dev.daveloper.application.chat;

import dev.daveloper.application.chat.in.Tools;
import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.ToolResult;
import java.util.List;

/** The agent's tools, as the agent tells of them. */
final class ToolsService implements Tools {
    private final Agent agent;

    ToolsService(Agent agent) {
        this.agent = agent;
    }

    @Override
    public List<Tool> list() {
        return agent.tools();
    }

    @Override
    public ToolResult test(String name, Json arguments) {
        return agent.testTool(name, arguments);
    }
}
