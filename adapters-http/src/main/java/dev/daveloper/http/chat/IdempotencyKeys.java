package dev.daveloper.http.chat;

import dev.daveloper.domain.failures.InvalidRequest;
import java.util.regex.Pattern;

/**
 * Reads an {@code Idempotency-Key}: a structured field's quoted string (RFC 9651, section 3.3.3), or, as many clients
 * send it, the bare key.
 */
final class IdempotencyKeys {
    private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*)\"");
    private static final Pattern KEY = Pattern.compile("[!-~]{1,128}");

    private IdempotencyKeys() {}

    static String parse(String header) {
        String text = header.strip();
        var quoted = QUOTED.matcher(text);
        String key = quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : text;
        if (!KEY.matcher(key).matches() || (text.startsWith("\"") && !quoted.matches())) {
            throw new InvalidRequest(
                    "#/clientMessageId", "The Idempotency-Key must have 1 to 128 visible ASCII characters.");
        }
        return key;
    }
}
