package dev.daveloper.application.chat.in;

import dev.daveloper.domain.failures.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A message for the agent.
 *
 * @param message verbatim; 1 to {@value #MAX_MESSAGE_CHARS} UTF-16 code units, not only white space, well-formed
 *     Unicode without NUL
 * @param idempotencyKey 1 to {@value #MAX_KEY_CHARS} visible ASCII characters; the same key and request attach to the
 *     same run for as long as the key is kept
 * @param useTools whether the agent may use its tools
 * @param maxTokens a bound on the answer for agents that count tokens; 1 to {@value #MAX_TOKENS}
 * @param background whether the run goes on though nobody watches
 */
public record ChatRequest(
        String message,
        Optional<String> idempotencyKey,
        boolean useTools,
        OptionalInt maxTokens,
        OnBusy onBusy,
        boolean background) {
    public static final int MAX_MESSAGE_CHARS = 32_000;
    public static final int MAX_KEY_CHARS = 128;
    public static final int MAX_TOKENS = 1_000_000;

    public ChatRequest {
        requireText(message);
        idempotencyKey.ifPresent(ChatRequest::requireKey);
        if (maxTokens.isPresent() && (maxTokens.getAsInt() < 1 || maxTokens.getAsInt() > MAX_TOKENS)) {
            throw new InvalidRequest("#/maxTokens", "maxTokens must be from 1 to " + MAX_TOKENS + ".");
        }
    }

    /** A message with everything else as usual. */
    public static ChatRequest of(String message) {
        return new ChatRequest(message, Optional.empty(), true, OptionalInt.empty(), OnBusy.REJECT, false);
    }

    public ChatRequest withIdempotencyKey(String key) {
        return new ChatRequest(message, Optional.of(key), useTools, maxTokens, onBusy, background);
    }

    public ChatRequest interrupting() {
        return new ChatRequest(message, idempotencyKey, useTools, maxTokens, OnBusy.INTERRUPT, background);
    }

    public ChatRequest inBackground() {
        return new ChatRequest(message, idempotencyKey, useTools, maxTokens, onBusy, true);
    }

    private static void requireText(String message) {
        if (message.isBlank()) {
            throw new InvalidRequest("#/message", "The message must not be empty.");
        }
        if (message.length() > MAX_MESSAGE_CHARS) {
            throw new InvalidRequest(
                    "#/message", "The message must have at most " + MAX_MESSAGE_CHARS + " characters.");
        }
        if (message.indexOf('\0') >= 0) {
            throw new InvalidRequest("#/message", "The message must not contain the character NUL.");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(message)) {
            throw new InvalidRequest("#/message", "The message must be well-formed Unicode.");
        }
    }

    private static void requireKey(String key) {
        boolean visible = key.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (key.isEmpty() || key.length() > MAX_KEY_CHARS || !visible) {
            throw new InvalidRequest(
                    "#/clientMessageId",
                    "The idempotency key must have 1 to " + MAX_KEY_CHARS + " visible ASCII characters.");
        }
    }
}
