package dev.daveloper.application.chat.out;

import dev.daveloper.domain.chat.AgentStep;
import java.time.Duration;

/**
 * One answer, pulled from the agent at the gateway's pace: what is not pulled is not made, but for a small bounded
 * lead. One thread pulls, any thread may close.
 *
 * <p>Order: events come as the agent said them. End: {@link AgentStep.Ended} once and again at every later call. A
 * failure is thrown once, after all events that came before it were given; it is final.
 */
public interface AgentStream extends AutoCloseable {
    /**
     * The next step, waiting for it no longer than this.
     *
     * @throws dev.daveloper.domain.failures.AgentUnavailable when the agent could not be reached and no event had come
     * @throws dev.daveloper.domain.failures.AgentTimeout when the request's time budget is used up
     * @throws dev.daveloper.domain.failures.AgentFailed when the agent refused, broke down or was lost in mid-answer
     */
    AgentStep next(Duration patience) throws InterruptedException;

    /** Whether what it gives was made for an earlier question and kept; certain once the first event was given. */
    default boolean isCached() {
        return false;
    }

    /**
     * Cancels what has not come yet, at the agent as well. Idempotent. A pull that waits in another thread returns
     * {@link AgentStep.Ended} soon, as does every later one.
     */
    @Override
    void close();
}
