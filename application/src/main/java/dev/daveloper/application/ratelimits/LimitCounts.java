package dev.daveloper.application.ratelimits;

import dev.daveloper.application.ratelimits.in.LimitStats;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What became of all questions, counted. Safe for use by many threads. */
final class LimitCounts {
    /** When no more than one part in so many is left, a caller is near the limit. */
    private static final int NEAR_PARTS = 5;

    private final Instant since;
    private final LongAdder asked = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder waitedNanos = new LongAdder();
    private final LongAccumulator longestNanos = new LongAccumulator(Math::max, 0);
    private final Map<String, OfPolicy> byPolicy = new ConcurrentHashMap<>();
    private final HeavyKeys heavy = new HeavyKeys();

    private static final class OfPolicy {
        final LongAdder admitted = new LongAdder();
        final LongAdder refused = new LongAdder();
        final LongAdder shadowRefused = new LongAdder();
        final LongAdder near = new LongAdder();
    }

    LimitCounts(Instant since) {
        this.since = since;
    }

    void decided(List<Check> checks, Decision decision, long nanos) {
        asked.increment();
        waitedNanos.add(nanos);
        longestNanos.accumulate(nanos);
        for (int i = 0; i < checks.size(); i++) {
            Standing standing = decision.standings().get(i);
            count(standing);
            heavy.count(standing.policy().name(), checks.get(i).subject(), standing.refused());
        }
    }

    void failed() {
        failures.increment();
    }

    private void count(Standing standing) {
        Policy policy = standing.policy();
        OfPolicy counts = byPolicy.get(policy.name());
        if (counts == null) {
            counts = byPolicy.computeIfAbsent(policy.name(), name -> new OfPolicy());
        }
        if (standing.isViolated()) {
            counts.refused.increment();
        } else if (standing.refused()) {
            counts.shadowRefused.increment();
        } else {
            counts.admitted.increment();
            if (standing.remaining() <= policy.limit().most() / NEAR_PARTS) {
                counts.near.increment();
            }
        }
    }

    LimitStats stats(boolean away) {
        long answered = asked.sum();
        return new LimitStats(
                since,
                answered,
                failures.sum(),
                away,
                Duration.ofNanos(answered == 0 ? 0 : waitedNanos.sum() / answered),
                Duration.ofNanos(longestNanos.get()),
                byPolicy.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> view(entry.getKey(), entry.getValue()))
                        .toList(),
                heavy.heaviest());
    }

    private static LimitStats.OfPolicy view(String policy, OfPolicy counts) {
        return new LimitStats.OfPolicy(
                policy, counts.admitted.sum(), counts.refused.sum(), counts.shadowRefused.sum(), counts.near.sum());
    }
}
