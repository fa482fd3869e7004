package dev.daveloper.application.ratelimits;

import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.ratelimits.in.LimitStats;
import dev.daveloper.domain.events.GatewayEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells once in a while how many calls each policy has refused since it was told last. For one thread. */
final class Refusals {
    static final Duration PACE = Duration.ofMinutes(1);

    private final EventListener listener;
    private final Map<String, Long> told = new HashMap<>();
    private Instant since;

    Refusals(EventListener listener, Instant since) {
        this.listener = listener;
        this.since = since;
    }

    /** Whether it is time to. */
    boolean isDue(Instant now) {
        return !now.isBefore(since.plus(PACE));
    }

    void tell(List<LimitStats.OfPolicy> policies, Instant now) {
        for (LimitStats.OfPolicy policy : policies) {
            long before = told.getOrDefault(policy.policy(), 0L);
            if (policy.refused() > before) {
                told.put(policy.policy(), policy.refused());
                listener.on(new GatewayEvent.LimitExceeded(policy.policy(), policy.refused() - before, since, now));
            }
        }
        since = now;
    }
}
