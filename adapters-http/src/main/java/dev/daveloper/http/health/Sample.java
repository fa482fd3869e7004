package dev.daveloper.http.health;

import dev.daveloper.application.ratelimits.in.LimitStats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the counters stood at, at one moment. What happened in between is the difference of two.
 *
 * @param policies by name, each once
 * @param cacheEntries in this node's memory
 * @param cacheBytes what they take, about
 * @param streams of server-sent events that are open
 */
record Sample(
        Instant at,
        List<LimitStats.OfPolicy> policies,
        List<OfNamespace> namespaces,
        long cacheEntries,
        long cacheBytes,
        int streams,
        OfProcess process,
        Figures.Reading figures) {
    Sample {
        policies = List.copyOf(policies);
        namespaces = List.copyOf(namespaces);
    }

    /**
     * What was asked of one namespace of the cache.
     *
     * @param given what had not to be made
     */
    record OfNamespace(String namespace, long given, long asked) {}

    /**
     * What the process uses.
     *
     * @param heapBytes in use
     * @param threads of the platform
     * @param cpuSeconds what all processors together spent on it; negative when that is not known
     * @param processors that it may use
     * @param pausedSeconds for which everything stood still for collecting garbage
     */
    record OfProcess(long heapBytes, int threads, double cpuSeconds, int processors, double pausedSeconds) {}

    LimitStats.OfPolicy policy(String name) {
        return policies.stream()
                .filter(policy -> policy.policy().equals(name))
                .findFirst()
                .orElseGet(() -> new LimitStats.OfPolicy(name, 0, 0, 0, 0));
    }

    OfNamespace namespace(String name) {
        return namespaces.stream()
                .filter(namespace -> namespace.namespace().equals(name))
                .findFirst()
                .orElseGet(() -> new OfNamespace(name, 0, 0));
    }

    /** What the policy did since an earlier sample, each count for a second. */
    PolicyRates ratesSince(Sample earlier, String policy) {
        LimitStats.OfPolicy before = earlier.policy(policy);
        LimitStats.OfPolicy now = policy(policy);
        double seconds = Math.max(1, Duration.between(earlier.at, at).toMillis()) / 1_000.0;
        return new PolicyRates(
                policy,
                rate(now.admitted() - before.admitted(), seconds),
                rate(now.refused() - before.refused(), seconds),
                rate(now.shadowRefused() - before.shadowRefused(), seconds),
                rate(now.near() - before.near(), seconds));
    }

    /** From 0 to 1, of what was asked since an earlier sample; empty when nothing was. */
    Optional<Double> hitRatioSince(Sample earlier, String namespace) {
        OfNamespace before = earlier.namespace(namespace);
        OfNamespace now = namespace(namespace);
        long asked = now.asked() - before.asked();
        return asked <= 0
                ? Optional.empty()
                : Optional.of(Math.clamp(thousandths((double) (now.given() - before.given()) / asked), 0.0, 1.0));
    }

    private static double rate(long count, double seconds) {
        return thousandths(Math.max(0, count) / seconds);
    }

    private static double thousandths(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
