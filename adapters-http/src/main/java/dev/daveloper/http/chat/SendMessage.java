package dev.daveloper.http.chat;

import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.chat.in.OnBusy;
import dev.daveloper.http.requests.MessageText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A message as a client sends it, whichever way it comes; see {@link ChatRequest} for what the members mean. */
public record SendMessage(
        @MessageText(max = ChatRequest.MAX_MESSAGE_CHARS) @Nullable
        String message,

        @Pattern(regexp = "[!-~]{1,128}", message = "{name} must have 1 to 128 visible ASCII characters.") @Nullable
        String clientMessageId,

        @Nullable Boolean useTools,

        @Min(value = 1, message = "{name} must be {value} or more, not {given}.")
        @Max(value = ChatRequest.MAX_TOKENS, message = "{name} must be {value} or less, not {given}.")
        @Nullable
        Integer maxTokens,

        @Pattern(regexp = "reject|interrupt", message = "{name} must be reject or interrupt, not '{given}'.") @Nullable
        String onBusy,

        @Nullable Boolean background) {

    /** The request to the core; call it on a record that was validated. */
    public ChatRequest toRequest() {
        return new ChatRequest(
                Objects.requireNonNull(message),
                Optional.ofNullable(clientMessageId),
                useTools == null || useTools,
                maxTokens == null ? OptionalInt.empty() : OptionalInt.of(maxTokens),
                "interrupt".equals(onBusy) ? OnBusy.INTERRUPT : OnBusy.REJECT,
                background != null && background);
    }
}
