package dev.daveloper.http.cache;

import dev.daveloper.domain.cache.Demand;
import dev.daveloper.domain.cache.Freshness;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a request wants of caches (RFC 9111, section 5.2.1). What is not understood is passed over; of a number that is
 * none the strictest is believed.
 */
final class Directives {
    private static final int MAX_CHARS = 512;

    private Directives() {}

    static Demand of(HttpServletRequest request) {
        if (request.getHeader("Cache-Control") == null) {
            // RFC 9111, section 5.4: what clients said before there was the other header.
            String pragma = request.getHeader("Pragma");
            boolean reload = pragma != null && pragma.toLowerCase(Locale.ROOT).contains("no-cache");
            return reload ? demand(Map.of("no-cache", "")) : Demand.ANY;
        }
        String said = String.join(",", Collections.list(request.getHeaders("Cache-Control")));
        return said.length() > MAX_CHARS ? demand(Map.of("no-cache", "")) : demand(parsed(said));
    }

    private static Map<String, String> parsed(String said) {
        Map<String, String> directives = new HashMap<>();
        for (String part : said.split(",", -1)) {
            int equals = part.indexOf('=');
            String name = (equals < 0 ? part : part.substring(0, equals)).strip();
            String value = equals < 0 ? "" : part.substring(equals + 1).strip();
            boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
            directives.putIfAbsent(
                    name.toLowerCase(Locale.ROOT), quoted ? value.substring(1, value.length() - 1) : value);
        }
        return directives;
    }

    private static Demand demand(Map<String, String> directives) {
        return new Demand(
                directives.containsKey("no-cache"),
                !directives.containsKey("no-store"),
                directives.containsKey("only-if-cached"),
                seconds(directives, "max-age", Duration.ZERO),
                seconds(directives, "min-fresh", Freshness.MAX).orElse(Duration.ZERO),
                staleness(directives));
    }

    /** Without a number any staleness is accepted (RFC 9111, section 5.2.1.2). */
    private static Optional<Duration> staleness(Map<String, String> directives) {
        return "".equals(directives.get("max-stale"))
                ? Optional.of(Freshness.MAX)
                : seconds(directives, "max-stale", Duration.ZERO);
    }

    private static Optional<Duration> seconds(Map<String, String> directives, String name, Duration strictest) {
        String value = directives.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.matches("[0-9]{1,19}")) {
            return Optional.of(strictest);
        }
        long most = Freshness.MAX.toSeconds();
        return Optional.of(Duration.ofSeconds(value.length() > 9 ? most : Math.min(most, Long.parseLong(value))));
    }
}
