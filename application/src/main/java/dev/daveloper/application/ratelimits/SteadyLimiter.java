package dev.daveloper.application.ratelimits;

import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.application.ratelimits.out.RateLimiter.Asked;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Asks what all nodes share and, while that does not answer, this node alone. After a question that was not answered
 * nobody waits again before {@link #PAUSE} is over. Safe for use by many threads.
 */
final class SteadyLimiter {
    /** How long nobody asks what did not answer. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private final RateLimiter shared;
    private final RateLimiter alone;
    private final LimitCounts counts;
    private final EventListener listener;
    private final InstantSource clock;
    private final AtomicBoolean away = new AtomicBoolean();
    private volatile long awayAtNanos;

    /** @param by who decided, and so knows of what was taken */
    record Decided(Decision decision, RateLimiter by) {}

    interface Deciding {
        Decided await();
    }

    SteadyLimiter(
            RateLimiter shared, RateLimiter alone, LimitCounts counts, EventListener listener, InstantSource clock) {
        this.shared = shared;
        this.alone = alone;
        this.counts = counts;
        this.listener = listener;
        this.clock = clock;
    }

    /** Never throws; {@link Deciding#await} throws {@link StoreUnavailable} when a policy wants it so. */
    Deciding ask(List<Check> checks, String ticket) {
        if (isPausing()) {
            return () -> decidedAlone(checks, ticket, null);
        }
        try {
            Asked asked = shared.ask(checks, ticket);
            return () -> await(asked, checks, ticket);
        } catch (StoreUnavailable e) {
            return () -> decidedAlone(checks, ticket, e);
        }
    }

    /** Whether this node counts for itself. */
    boolean isAway() {
        return away.get();
    }

    private Decided await(Asked asked, List<Check> checks, String ticket) {
        try {
            Decision decision = asked.await();
            if (away.get()) {
                away.set(false);
            }
            return new Decided(decision, shared);
        } catch (StoreUnavailable e) {
            return decidedAlone(checks, ticket, e);
        }
    }

    private Decided decidedAlone(List<Check> checks, String ticket, @Nullable StoreUnavailable why) {
        counts.failed();
        if (why != null) {
            awayAtNanos = System.nanoTime();
            if (!away.getAndSet(true)) {
                listener.on(new GatewayEvent.Trouble("rate limits, counted by this node alone", why, clock.instant()));
            }
        }
        if (checks.stream().anyMatch(check -> check.policy().refusesOnFailure())) {
            throw new StoreUnavailable(new IllegalStateException("the policy refuses while it cannot be asked"));
        }
        return new Decided(alone.ask(checks, ticket).await(), alone);
    }

    private boolean isPausing() {
        return away.get() && System.nanoTime() - awayAtNanos < PAUSE.toNanos();
    }
}
