package dev.daveloper.http.ratelimits;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.domain.failures.QuotaExceeded;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.Rate;
import dev.daveloper.domain.ratelimits.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a caller stands with a policy: what the headers say, for those who see none.
 *
 * @param unit what the policy counts
 * @param quota that flows in during the window, or how many at once
 * @param window in seconds; absent where it is so many at once
 * @param remaining what may be taken at once
 * @param reset seconds until that is more; absent when nobody knows
 * @param refuses whether it is this policy that refuses
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LimitView(
        String policy,
        String unit,
        long quota,
        @Nullable Long window,
        long remaining,
        @Nullable Long reset,
        @JsonIgnore boolean refuses) {
    /** Those that may be told: policies in shadow are the operator's business. */
    public static List<LimitView> of(QuotaExceeded exceeded) {
        return of(exceeded.standings());
    }

    /** Those of these that may be told. */
    public static List<LimitView> of(List<Standing> standings) {
        return standings.stream()
                .filter(standing -> !standing.policy().shadow())
                .map(LimitView::of)
                .toList();
    }

    private static LimitView of(Standing standing) {
        Policy policy = standing.policy();
        Long window = policy.limit() instanceof Rate rate ? LimitHeaders.seconds(rate.window()) : null;
        Long reset = standing.untilMore().isZero() ? null : LimitHeaders.seconds(standing.untilMore());
        return new LimitView(
                policy.name(),
                policy.unit().wireName(),
                policy.quota(),
                window,
                standing.remaining(),
                reset,
                standing.isViolated());
    }
}
