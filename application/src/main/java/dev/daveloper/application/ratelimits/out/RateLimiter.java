package dev.daveloper.application.ratelimits.out;

import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.Subject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Counts what callers take, by the rule of {@link dev.daveloper.domain.ratelimits.Rate}. What is taken belongs to a
 * policy's name and a subject, so that a changed policy finds what was taken before. Safe for use by many threads;
 * throws {@link dev.daveloper.domain.failures.StoreUnavailable}, from {@link #ask} too.
 */
public interface RateLimiter {
    /** How long a slot is held that nobody renews. */
    Duration SLOT_LEASE = Duration.ofSeconds(10);

    /**
     * Asks whether all of this may be taken, and takes it if it may; a policy in shadow never keeps the others from it.
     * Returns at once where the answer has to come from elsewhere, so that another question can be on its way beside
     * it.
     *
     * @param checks each policy once; in the decision they stand in the same order
     * @param ticket the caller's name for the slots that it gets, no other's
     */
    Asked ask(List<Check> checks, String ticket);

    /** An answer that may still be under way. */
    @FunctionalInterface
    interface Asked {
        Decision await();
    }

    /** Takes this much though it may be more than is there. */
    void take(Check check);

    /** Gives this much back. */
    void giveBack(Check check);

    /** A slot that somebody holds. */
    record Slot(Policy policy, Subject subject, String ticket) {}

    /** Holds these for another {@link #SLOT_LEASE}. One that had run out meanwhile is held again. */
    void renew(Collection<Slot> slots);

    /** Frees them. */
    void release(Collection<Slot> slots);

    /**
     * Remembers what a run has taken of budgets so far, in the place of what was remembered before, so that
     * {@link #settle} can be called by any node.
     *
     * @param keep for how long at most
     */
    void hold(RunRef run, List<Check> taken, Duration keep);

    /** Corrects what the run has taken to what it used, of each budget, and forgets it. Once done, it does nothing. */
    void settle(RunRef run, long used);
}
