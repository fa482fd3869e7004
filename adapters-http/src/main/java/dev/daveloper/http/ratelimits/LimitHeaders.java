package dev.daveloper.http.ratelimits;

import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.Rate;
import dev.daveloper.domain.ratelimits.Standing;
import dev.daveloper.domain.ratelimits.Unit;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a caller stands, in headers: {@code RateLimit-Policy} and {@code RateLimit} by the IETF draft "RateLimit header
 * fields for HTTP" ({@code draft-ietf-httpapi-ratelimit-headers}), and the customary {@code X-RateLimit-} trio, which
 * speaks of the policy that is nearest to its limit. Policies in shadow are nobody's business but the operator's.
 */
public final class LimitHeaders {
    public static final String POLICY = "RateLimit-Policy";
    public static final String STANDING = "RateLimit";
    public static final String LIMIT = "X-RateLimit-Limit";
    public static final String REMAINING = "X-RateLimit-Remaining";
    public static final String RESET = "X-RateLimit-Reset";

    private LimitHeaders() {}

    /** Empty when no policy applies. */
    public static Map<String, String> of(List<Standing> all) {
        List<Standing> told =
                all.stream().filter(standing -> !standing.policy().shadow()).toList();
        if (told.isEmpty()) {
            return Map.of();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(
                POLICY, told.stream().map(standing -> policy(standing.policy())).collect(Collectors.joining(", ")));
        headers.put(STANDING, told.stream().map(LimitHeaders::standing).collect(Collectors.joining(", ")));
        Standing nearest = told.stream()
                .min(Comparator.comparingDouble(LimitHeaders::share))
                .orElseThrow();
        headers.put(LIMIT, Long.toString(nearest.policy().quota()));
        headers.put(REMAINING, Long.toString(nearest.remaining()));
        headers.put(RESET, Long.toString(seconds(nearest.untilMore())));
        return headers;
    }

    /** Rounded up: whoever comes back then is not too early. */
    public static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }

    private static String policy(Policy policy) {
        StringBuilder item =
                new StringBuilder("\"").append(policy.name()).append("\";q=").append(policy.quota());
        if (policy.limit() instanceof Rate rate) {
            item.append(";w=").append(seconds(rate.window()));
        }
        return policy.unit() == Unit.REQUESTS
                ? item.toString()
                : item.append(";qu=\"")
                        .append(policy.unit().wireName())
                        .append('"')
                        .toString();
    }

    private static String standing(Standing standing) {
        String item = "\"" + standing.policy().name() + "\";r=" + standing.remaining();
        return standing.untilMore().isZero() ? item : item + ";t=" + seconds(standing.untilMore());
    }

    private static double share(Standing standing) {
        return standing.isViolated()
                ? -1
                : (double) standing.remaining() / standing.policy().limit().most();
    }
}
