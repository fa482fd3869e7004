package dev.daveloper.bootstrap.metrics;

import dev.daveloper.application.ratelimits.in.LimitStats;
import dev.daveloper.application.ratelimits.in.LimitStats.OfPolicy;
import dev.daveloper.application.ratelimits.in.RateLimits;
import dev.daveloper.application.ratelimits.in.RateLimits.Effective;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What the rate limits have counted, looked at once for each time that somebody asks. */
final class LimitMetrics {
    /** Administrators may name policies as they like; further ones are not told. */
    private static final int MAX_POLICIES = 100;

    private final MeterRegistry registry;
    private final RateLimits limits;
    private final Set<String> registered = new HashSet<>();
    private volatile LimitStats stats;
    private volatile Map<String, OfPolicy> policies;

    LimitMetrics(MeterRegistry registry, RateLimits limits) {
        this.registry = registry;
        this.limits = limits;
        this.stats = limits.stats();
        this.policies = byName(stats);
        FunctionCounter.builder("daveloper.rate.limits.failures", this, metrics -> metrics.stats.failures())
                .description("Questions that Redis did not answer in time.")
                .register(registry);
        Gauge.builder("daveloper.rate.limits.away", this, metrics -> metrics.stats.away() ? 1 : 0)
                .description("1 while this node counts for itself because Redis does not answer, else 0.")
                .register(registry);
        refresh();
    }

    /** Looks at what was counted since. */
    synchronized void refresh() {
        stats = limits.stats();
        policies = byName(stats);
        limits.policies().stream().map(Effective::name).forEach(this::know);
        policies.keySet().forEach(this::know);
    }

    private static Map<String, OfPolicy> byName(LimitStats stats) {
        return stats.policies().stream().collect(Collectors.toMap(OfPolicy::policy, Function.identity()));
    }

    private void know(String policy) {
        if (registered.size() >= MAX_POLICIES || !registered.add(policy)) {
            return;
        }
        asked(policy, "admitted", OfPolicy::admitted);
        asked(policy, "refused", OfPolicy::refused);
        asked(policy, "shadow_refused", OfPolicy::shadowRefused);
        FunctionCounter.builder("daveloper.rate.limits.near", this, of(policy, OfPolicy::near))
                .description("Calls that were admitted when four fifths of the policy or more were used.")
                .tag("policy", policy)
                .register(registry);
    }

    private void asked(String policy, String result, ToLongFunction<OfPolicy> figure) {
        FunctionCounter.builder("daveloper.rate.limits.requests", this, of(policy, figure))
                .description("Questions to the rate limits, by what became of them.")
                .tag("policy", policy)
                .tag("result", result)
                .register(registry);
    }

    private static ToDoubleFunction<LimitMetrics> of(String policy, ToLongFunction<OfPolicy> figure) {
        return metrics -> {
            OfPolicy counted = metrics.policies.get(policy);
            return counted == null ? 0 : figure.applyAsLong(counted);
        };
    }
}
