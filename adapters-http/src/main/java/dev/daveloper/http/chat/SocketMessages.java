package dev.daveloper.http.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.daveloper.http.failures.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a WebSocket says beside a run's events, in both directions; {@code docs/guides/streaming.md} explains each. */
final class SocketMessages {
    static final int MAX_RESUMES = 16;
    private static final int MAX_TOKEN_CHARS = 128;

    private SocketMessages() {}

    record Hello(
            @Size(max = MAX_TOKEN_CHARS, message = "token must have at most {max} characters.") @Nullable
            String token,

            @Size(max = MAX_RESUMES, message = "resume must name at most {max} runs.") @Nullable
            List<@Valid Follow> resume) {}

    record Follow(
            @NotBlank(message = "runId must not be missing.") @Nullable
            String runId,

            @Nullable String after) {}

    record Cancel(
            @NotBlank(message = "runId must not be missing.") @Nullable
            String runId) {}

    record Ping() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"type", "replyTo"})
    record Ready(
            String type,
            @Nullable String replyTo,
            String sessionId,
            long heartbeatSeconds,
            int maxMessageBytes,
            @Nullable String activeRunId) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"type", "replyTo"})
    record Accepted(String type, @Nullable String replyTo, String runId, String messageId, String userMessageId) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"type", "replyTo"})
    record Pong(String type, @Nullable String replyTo) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"type", "replyTo"})
    record Failed(String type, @Nullable String replyTo, Problem problem) {}
}
