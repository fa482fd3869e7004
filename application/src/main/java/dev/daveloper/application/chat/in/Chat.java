package dev.daveloper.application.chat.in;

import dev.daveloper.application.ratelimits.in.Allowance;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRecord;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.util.Optional;

/**
 * Conversations with the agent. Every call is made for a session that the caller has authenticated; a run of another
 * session is {@link dev.daveloper.domain.failures.NotFound}, exactly as one that never was.
 *
 * <p>All methods may be called from any thread. They may block for as long as the store does, so call them from virtual
 * threads; {@link dev.daveloper.domain.failures.StoreUnavailable} says that it did not answer.
 */
public interface Chat {
    /**
     * Accepts a message and starts the run that answers it. Once this returns, the message is in the history and the
     * run ends with exactly one outcome, whoever watches and whatever breaks.
     *
     * @throws dev.daveloper.domain.failures.RunInProgress when the session's previous run goes on and the request does
     *     not interrupt it
     * @throws dev.daveloper.domain.failures.IdempotencyKeyReused when the key came with a different request before
     * @throws dev.daveloper.domain.failures.AgentUnavailable when the agent is known to be away; nothing was accepted
     * @throws dev.daveloper.domain.failures.AtCapacity when a bound is reached; nothing was accepted
     */
    default StartedRun start(SessionId session, ChatRequest request) throws InterruptedException {
        return start(session, request, Allowance.UNLIMITED);
    }

    /**
     * As {@link #start(SessionId, ChatRequest)}, for somebody whose budgets are counted.
     *
     * @param allowance is settled in every case: when the run ends, or at once when none was begun
     */
    StartedRun start(SessionId session, ChatRequest request, Allowance allowance) throws InterruptedException;

    /**
     * Attaches to a run, live or over, from behind this cursor. A cursor beyond the log's top continues with what comes
     * next.
     *
     * @throws dev.daveloper.domain.failures.CursorGone when the run is over and its log is no longer held
     */
    RunFollower follow(SessionId session, RunId run, Cursor after);

    /** Waits for the run's answer; empty when patience ended first. The wait counts as watching the run. */
    Optional<AssistantMessage> await(SessionId session, RunId run, Duration patience) throws InterruptedException;

    RunRecord find(SessionId session, RunId run);

    /** The session's run that is not over, if there is one. */
    Optional<Run> active(SessionId session);

    /**
     * Asks the run to end now with what it has; reaches the agent. Returns at once, the run's ending tells the outcome.
     * Does nothing when the run is over.
     */
    void cancel(SessionId session, RunId run);

    /** Messages, oldest first. */
    Page<Message> history(SessionId session, PageRequest page);

    /** Cancels what is being made and forgets all messages and runs of the session. */
    void clear(SessionId session) throws InterruptedException;
}
