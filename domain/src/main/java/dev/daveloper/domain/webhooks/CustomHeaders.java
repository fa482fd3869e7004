package dev.daveloper.domain.webhooks;

import dev.daveloper.domain.failures.InvalidValue;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is sent along with each delivery to an endpoint, such as what lets it pass a proxy. Values may be secret, so
 * they are never printed.
 *
 * @param byName in lower case
 */
public record CustomHeaders(Map<String, String> byName) {
    public static final CustomHeaders NONE = new CustomHeaders(Map.of());
    public static final int MAX = 20;
    public static final int MAX_VALUE_CHARS = 2_000;

    private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7E]{0," + MAX_VALUE_CHARS + "}");

    /** What the gateway says itself, and what steers the connection. */
    private static final Set<String> OURS = Set.of(
            "host",
            "content-length",
            "content-type",
            "content-encoding",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "user-agent",
            "traceparent",
            "tracestate");

    public CustomHeaders {
        if (byName.size() > MAX) {
            throw new InvalidValue("headers", byName.size() + " headers", "at most " + MAX);
        }
        Map<String, String> lower = new TreeMap<>();
        byName.forEach((name, value) -> {
            String key = name.toLowerCase(Locale.ROOT);
            if (!NAME.matcher(key).matches() || OURS.contains(key) || isReserved(key)) {
                throw new InvalidValue("headers", name, "names of headers that the gateway does not set itself");
            }
            if (!VALUE.matcher(value).matches()) {
                throw new InvalidValue(
                        "headers", "***", "values of up to " + MAX_VALUE_CHARS + " printable characters");
            }
            if (lower.put(key, value) != null) {
                throw new InvalidValue("headers", name, "each header once");
            }
        });
        byName = Map.copyOf(lower);
    }

    private static boolean isReserved(String name) {
        return name.startsWith("webhook-") || name.startsWith("proxy-") || name.startsWith("sec-");
    }

    /** The names alone. */
    @Override
    public String toString() {
        return "CustomHeaders" + byName.keySet();
    }
}
