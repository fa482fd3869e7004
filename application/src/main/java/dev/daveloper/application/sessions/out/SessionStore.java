package dev.daveloper.application.sessions.out;

import dev.daveloper.domain.sessions.AddressHash;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionCounts;
import dev.daveloper.domain.sessions.SessionEnd;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.TokenHash;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps sessions by the hash of their token. A session lives until {@link #end}; what is left of it then is its name,
 * so that what it owned is found and forgotten whatever interrupts the forgetting, until {@link #delete}. Safe for use
 * by many threads; throws {@link dev.daveloper.domain.failures.StoreUnavailable}.
 */
public interface SessionStore {
    /**
     * Keeps a new session; answers false, with nothing kept, when as many sessions live from its address as may.
     *
     * @param expiresAt from when on {@link #expired} lists it
     * @param quota empty for a session that no address is counted for
     * @param told put into the {@link dev.daveloper.application.webhooks.out.Outbox} in the same step
     */
    boolean create(
            Session session,
            TokenHash token,
            Instant expiresAt,
            Optional<AddressQuota> quota,
            Optional<WebhookEvent> told);

    /** The same, and nobody is told. */
    default boolean create(Session session, TokenHash token, Instant expiresAt, Optional<AddressQuota> quota) {
        return create(session, token, expiresAt, quota, Optional.empty());
    }

    /**
     * How many sessions may live that were opened from one address. Addresses need not be remembered longer than the
     * process that hashed them lives.
     */
    record AddressQuota(AddressHash address, int max) {}

    /** The session that lives, also when it has expired but was not ended yet. */
    Optional<Session> find(TokenHash token);

    /**
     * Whose token this is, as far as this node remembers, without asking; not proved: the session may have ended. A
     * token is never another session's.
     */
    default Optional<SessionId> recall(TokenHash token) {
        return Optional.empty();
    }

    /** Notes a use. Does nothing when the session is gone; an older use never replaces a newer one. */
    void touch(SessionId session, Instant lastSeenAt, Instant expiresAt);

    /**
     * Replaces the session's token and notes the use; of several who replace the same token one does.
     *
     * @return whether this token was the session's
     */
    boolean renew(SessionId session, TokenHash token, TokenHash next, Instant lastSeenAt, Instant expiresAt);

    /**
     * Ends the session: its token is worth nothing from now on, and it counts as ended in this way.
     *
     * @param forgetAt from when on {@link #expired} lists what is left of it
     * @param told put into the {@link dev.daveloper.application.webhooks.out.Outbox} in the same step, if it lived
     * @return whether it lived
     */
    boolean end(SessionId session, SessionEnd how, Instant forgetAt, Optional<WebhookEvent> told);

    /** The same, and nobody is told. */
    default boolean end(SessionId session, SessionEnd how, Instant forgetAt) {
        return end(session, how, forgetAt, Optional.empty());
    }

    /** Forgets what is left of an ended session. Does nothing to one that lives. */
    void delete(SessionId session);

    /** Sessions whose moment has come, ended or not, the earliest moment first; found by index, never by a scan. */
    List<SessionId> expired(Instant now, int max);

    /** Told from counters, never by counting. */
    SessionCounts counts();
}
