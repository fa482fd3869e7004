package dev.daveloper.application.ratelimits;

import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.application.ratelimits.out.RateLimiter.Slot;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.StoreUnavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is held on this node at the moment, and how long what a run took is remembered. */
final class LimitBooks {
    private final Set<Grant> open = ConcurrentHashMap.newKeySet();
    private final Duration holdRuns;
    private final EventListener listener;
    private final InstantSource clock;

    LimitBooks(Duration holdRuns, EventListener listener, InstantSource clock) {
        this.holdRuns = holdRuns;
        this.listener = listener;
        this.clock = clock;
    }

    Duration holdRuns() {
        return holdRuns;
    }

    void opened(Grant grant) {
        open.add(grant);
    }

    void closed(Grant grant) {
        open.remove(grant);
    }

    /**
     * Renews all slots that are held here. One that is freed at this moment may be held again by it, until its lease
     * runs out.
     *
     * @throws StoreUnavailable when they cannot be renewed at the moment
     */
    void renew() {
        Map<RateLimiter, List<Slot>> held = new HashMap<>();
        for (Grant grant : open) {
            held.computeIfAbsent(grant.limiter(), limiter -> new ArrayList<>()).addAll(grant.slots());
        }
        held.forEach(RateLimiter::renew);
    }

    /** Does what nobody waits for; the books of a store that is away are not kept. */
    void quietly(Runnable entry) {
        try {
            entry.run();
        } catch (StoreUnavailable e) {
            // What was taken flows in again, and what was held runs out, by themselves.
        } catch (RuntimeException e) {
            listener.on(new GatewayEvent.Trouble("rate limits", e, clock.instant()));
        }
    }
}
