package dev.daveloper.http.ratelimits;

import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.Rate;
import dev.daveloper.domain.ratelimits.Standing;
import dev.daveloper.domain.ratelimits.Unit;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

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

    private static final int ITEM_CHARS = 40;

    private LimitHeaders() {}

    /** Tells how the caller stands; nothing when no policy applies. */
    public static void tell(List<Standing> all, BiConsumer<String, String> header) {
        StringBuilder policies = new StringBuilder(ITEM_CHARS * all.size());
        StringBuilder standings = new StringBuilder(ITEM_CHARS * all.size());
        Standing nearest = null;
        for (Standing standing : all) {
            if (standing.policy().shadow()) {
                continue;
            }
            if (nearest != null) {
                policies.append(", ");
                standings.append(", ");
            }
            write(standing.policy(), policies);
            write(standing, standings);
            nearest = nearest == null || share(standing) < share(nearest) ? standing : nearest;
        }
        if (nearest == null) {
            return;
        }
        header.accept(POLICY, policies.toString());
        header.accept(STANDING, standings.toString());
        header.accept(LIMIT, Long.toString(nearest.policy().quota()));
        header.accept(REMAINING, Long.toString(nearest.remaining()));
        header.accept(RESET, Long.toString(seconds(nearest.untilMore())));
    }

    /** Rounded up: whoever comes back then is not too early. */
    public static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }

    private static void write(Policy policy, StringBuilder into) {
        into.append('"').append(policy.name()).append("\";q=").append(policy.quota());
        if (policy.limit() instanceof Rate rate) {
            into.append(";w=").append(seconds(rate.window()));
        }
        if (policy.unit() != Unit.REQUESTS) {
            into.append(";qu=\"").append(policy.unit().wireName()).append('"');
        }
    }

    private static void write(Standing standing, StringBuilder into) {
        into.append('"').append(standing.policy().name()).append("\";r=").append(standing.remaining());
        if (!standing.untilMore().isZero()) {
            into.append(";t=").append(seconds(standing.untilMore()));
        }
    }

    private static double share(Standing standing) {
        return standing.isViolated()
                ? -1
                : (double) standing.remaining() / standing.policy().limit().most();
    }
}
