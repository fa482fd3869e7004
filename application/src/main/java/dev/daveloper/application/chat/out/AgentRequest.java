package dev.daveloper.application.chat.out;

import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.Run;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * What an agent is asked; enough for one that remembers nothing.
 *
 * @param message what the person wrote, verbatim
 * @param history the conversation before it, oldest first, as far back as the gateway's bounds let it reach
 * @param maxTokens a bound on the answer, for agents that count tokens
 * @param budget how long the whole answer may take
 */
public record AgentRequest(
        Run run, String message, List<Message> history, boolean useTools, OptionalInt maxTokens, Duration budget) {
    public AgentRequest {
        history = List.copyOf(history);
    }
}
