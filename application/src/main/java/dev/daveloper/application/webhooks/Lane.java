package dev.daveloper.application.webhooks;

import dev.daveloper.domain.webhooks.Breaker;
import dev.daveloper.domain.webhooks.Verdict;
import java.time.Instant;

/**
 * How many attempts at one endpoint this node makes at the same time: few at first, more with each success, half of it
 * after a failure, one after the endpoint was left alone, and none while it is. Safe for use by many threads.
 */
final class Lane {
    private static final int FIRST = 2;

    private final int most;
    private int inFlight;
    private int window;
    private Breaker breaker = Breaker.CLOSED;

    Lane(int most) {
        this.most = most;
        this.window = Math.min(FIRST, most);
    }

    /** How many more may begin. */
    synchronized int room(Instant now) {
        if (breaker.isOpen(now)) {
            return 0;
        }
        return Math.max(0, (breaker.isProbing(now) ? 1 : window) - inFlight);
    }

    synchronized void begin() {
        inFlight++;
    }

    /**
     * An attempt is over. Of those that were under way when the endpoint began to be left alone, failures tell nothing
     * new. One more place for each success doubles the window with each round.
     */
    synchronized void ended(Verdict verdict, Instant at) {
        inFlight--;
        if (verdict == Verdict.DELIVERED) {
            window = breaker.failures() >= Breaker.FAILURES ? Math.min(FIRST, most) : Math.min(most, window + 1);
            breaker = Breaker.CLOSED;
        } else if (!breaker.isOpen(at)) {
            window = Math.max(1, window / 2);
            breaker = breaker.after(verdict, at);
        }
    }

    /** An attempt did not take place. */
    synchronized void released() {
        inFlight--;
    }

    /** Whether nothing would be lost if it were made anew. */
    synchronized boolean isIdle() {
        return inFlight == 0 && breaker.equals(Breaker.CLOSED);
    }

    synchronized boolean isLeftAlone(Instant now) {
        return breaker.isOpen(now);
    }

    /** Whether it has been left alone and not been seen to work since. */
    synchronized boolean isFailing() {
        return !breaker.pause().isZero();
    }

    /** Until when it is left alone; past when it is not. */
    synchronized Instant leftAloneUntil() {
        return breaker.openUntil();
    }
}
