package dev.daveloper.http.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.http.failures.Problem;
import dev.daveloper.http.requests.RunCursor;
import dev.daveloper.http.requests.WellFormedId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a WebSocket says beside a run's events, in both directions; {@code docs/guides/streaming.md} explains each. */
final class SocketMessages {
    static final int MAX_RESUMES = 16;
    private static final int MAX_TOKEN_CHARS = 128;
    private static final int MAX_ID_CHARS = 128;

    private SocketMessages() {}

    /** What every message may carry beside its own members. */
    record Envelope(
            @Size(max = MAX_ID_CHARS, message = "{name} must have at most {max} characters, not {length}.") @Nullable
            String id,

            @NotBlank(message = "{name} must not be missing.")
            @Size(max = MAX_ID_CHARS, message = "{name} must have at most {max} characters, not {length}.")
            @Nullable
            String type) {
        static final List<String> MEMBERS = List.of("id", "type");
    }

    record Hello(
            @Size(max = MAX_TOKEN_CHARS, message = "{name} must have at most {max} characters, not {length}.") @Nullable
            String token,

            @Size(max = MAX_RESUMES, message = "{name} must list at most {max} runs.") @Nullable
            List<@Valid Follow> resume) {}

    record Follow(
            @NotBlank(message = "{name} must not be missing.") @WellFormedId(prefix = RunId.PREFIX) @Nullable
            String runId,

            @RunCursor @Nullable String after) {}

    record Cancel(
            @NotBlank(message = "{name} must not be missing.") @WellFormedId(prefix = RunId.PREFIX) @Nullable
            String runId) {}

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
