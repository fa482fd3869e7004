package dev.daveloper.application.chat.out;

import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whoever makes the answers. Do not mock it: {@code ScriptedAgent} in the test kit keeps the same contract, which
 * {@code AgentContract} checks for every implementation. Safe for use by many threads.
 */
public interface Agent {
    /**
     * Begins an answer. Returns at once, without waiting for the network: whatever goes wrong, the stream tells.
     */
    AgentStream answer(AgentRequest request);

    /**
     * Whether new answers are known to be futile at the moment, without asking anybody.
     *
     * @return how long to wait before asking again; empty when an answer may be asked for
     */
    default Optional<Duration> unavailableFor() {
        return Optional.empty();
    }

    /** @throws dev.daveloper.domain.failures.AgentUnavailable when the agent cannot be asked */
    List<Tool> tools();

    /**
     * Uses one tool once. A tool that fails is a result that is not ok.
     *
     * @throws dev.daveloper.domain.failures.NotFound when there is no tool of this name
     * @throws dev.daveloper.domain.failures.InvalidRequest when the arguments do not fit its parameters
     */
    ToolResult testTool(String name, Json arguments);
}
