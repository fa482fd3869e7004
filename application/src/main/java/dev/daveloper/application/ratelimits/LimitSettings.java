package dev.daveloper.application.ratelimits;

import dev.daveloper.domain.ratelimits.Policy;
import java.time.Duration;
import java.util.List;

/**
 * What is configured of rate limits.
 *
 * @param policies that hold unless an administrator changes them, each name once
 * @param holdRuns how long what a run has taken is remembered at most: longer than any run lives
 */
public record LimitSettings(List<Policy> policies, Duration holdRuns) {
    public static final LimitSettings NONE = new LimitSettings(List.of(), Duration.ofDays(1));

    public LimitSettings {
        policies = List.copyOf(policies);
    }
}
