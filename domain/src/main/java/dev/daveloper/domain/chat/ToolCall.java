package dev.daveloper.domain.chat;

import java.util.Optional;

/**
 * One use of a tool while an answer was made.
 *
 * @param callId unique within the run, given by the agent
 * @param result empty when the answer ended before the tool did
 */
public record ToolCall(String callId, String name, Json arguments, Optional<ToolResult> result) {}
