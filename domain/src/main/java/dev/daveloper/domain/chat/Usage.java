package dev.daveloper.domain.chat;

import dev.daveloper.domain.failures.InvalidValue;

/** What an answer consumed, in the tokens of the agent's model. Later reports replace earlier ones. */
public record Usage(long inputTokens, long outputTokens) {
    public Usage {
        if (inputTokens < 0 || outputTokens < 0) {
            throw new InvalidValue("usage", inputTokens + "/" + outputTokens, "two counts of 0 or more");
        }
    }
}
