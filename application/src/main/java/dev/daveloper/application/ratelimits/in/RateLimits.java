package dev.daveloper.application.ratelimits.in;

import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.Standing;
import dev.daveloper.domain.ratelimits.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says whether callers may do what they want to do. Every transport asks here, once for each call and for all policies
 * together. Safe for use by many threads.
 */
public interface RateLimits {
    /** Whether any policy that applies to a call which is all of this is kept for each session apart. */
    boolean countsSessions(Set<Target> targets);

    /** Asks; whatever can be asked of the store meanwhile goes in the same round trip. */
    Asked ask(Call call);

    /** An answer that may still be under way. Has to be awaited, once. */
    @FunctionalInterface
    interface Asked {
        /**
         * @throws dev.daveloper.domain.failures.QuotaExceeded when a policy refuses; nothing was taken
         * @throws dev.daveloper.domain.failures.StoreUnavailable when a policy that refuses on failure cannot be asked
         */
        Admission await();

        /** Awaits it, and wants nothing of it. */
        default void giveUp() {
            try {
                await().close();
            } catch (GatewayException e) {
                // Nothing was given.
            }
        }
    }

    /** What a caller was given. To be closed when the call is over, unless its allowance was taken. */
    interface Admission extends AutoCloseable {
        /** How the caller stands with each policy that applies; empty when none does. */
        List<Standing> standings();

        /** Hands what is held, and what was taken of budgets, over to a run. */
        Allowance allowance();

        /** Corrects the bytes that were taken to those that came. */
        void cameBytes(long bytes);

        /** Frees what is held, and gives back what was taken of budgets, unless they were handed over. Idempotent. */
        @Override
        void close();
    }

    /** Nobody is counted. */
    RateLimits NONE = new Unlimited();

    /** Settles, as {@link Allowance#settle} would, what a run took whose node is gone. */
    void settle(RunRef run, long tokens);

    /** The policies that hold now. */
    List<Effective> policies();

    /**
     * A policy as it holds, or would.
     *
     * @param configured what the configuration says of this name
     * @param changed whether an administrator changed it
     */
    record Effective(String name, Optional<Policy> policy, Optional<Policy> configured, boolean changed) {}

    /**
     * Makes this policy hold, on all nodes, in the place of the one of its name.
     *
     * @throws dev.daveloper.domain.failures.InvalidRequest when as many were changed as may be
     */
    void change(Policy policy);

    /**
     * Makes the policy of this name not hold, on all nodes.
     *
     * @throws dev.daveloper.domain.failures.NotFound when there is none
     */
    void switchOff(String policy);

    /**
     * Makes the policy hold as it was configured, on all nodes.
     *
     * @throws dev.daveloper.domain.failures.NotFound when there is none
     */
    void reset(String policy);

    /** What has been counted on this node since it started. */
    LimitStats stats();
}
