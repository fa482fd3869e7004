package dev.daveloper.bootstrap.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The written form of headers: pairs joined by commas, as OpenTelemetry has them. */
final class HeaderText {
    static final Kind<Map<String, String>> KIND =
            new Kind<>("list of headers", "name=value pairs joined by commas, each name once", HeaderText::read);

    /** Of RFC 9110, section 5: a token, and visible characters with spaces between. */
    private static final Pattern PAIR = Pattern.compile(
            "([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64})\\s*=\\s*([\\x21-\\x7E](?:[\\x20-\\x7E]{0,4094}[\\x21-\\x7E])?)");

    private HeaderText() {}

    static Optional<Map<String, String>> read(String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String item : text.split(",", -1)) {
            String pair = item.strip();
            if (pair.isEmpty()) {
                continue;
            }
            Matcher parts = PAIR.matcher(pair);
            if (!parts.matches() || headers.put(parts.group(1), parts.group(2)) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(headers);
    }
}
