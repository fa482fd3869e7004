package dev.daveloper.http.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.daveloper.application.chat.in.ChatRequest;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What goes with a message in headers.
 *
 * @param idempotencyKey a structured field's quoted string (RFC 9651, section 3.3.3), or, as many clients send it, the
 *     bare key
 */
record SendHeaders(
        @JsonProperty("Idempotency-Key")
        @Pattern(
                regexp = "\\s*+(?:\"(?:[!#-\\[\\]-~]|\\\\[\"\\\\]){1," + ChatRequest.MAX_KEY_CHARS
                        + "}\"|[!#-~][!-~]{0," + (ChatRequest.MAX_KEY_CHARS - 1) + "})\\s*+",
                message = "{name} must have 1 to " + ChatRequest.MAX_KEY_CHARS + " visible ASCII characters.")
        @Nullable
        String idempotencyKey) {

    /** The key itself; ask a record that was validated. */
    Optional<String> key() {
        return Optional.ofNullable(idempotencyKey).map(String::strip).map(SendHeaders::unquoted);
    }

    private static String unquoted(String text) {
        boolean quoted = text.startsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1") : text;
    }
}
