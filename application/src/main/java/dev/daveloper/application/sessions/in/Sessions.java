package dev.daveloper.application.sessions.in;

import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionCounts;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.SessionToken;
import java.time.Instant;
import java.util.Optional;

/**
 * Sessions without a login: opened for anybody, proved by a token that only the opener has. Safe for many threads. The
 * end of a session and the change of its token are told as events, see
 * {@link dev.daveloper.domain.events.GatewayEvent.SessionEnded}.
 */
public interface Sessions {
    /** Opens a session that no address is counted for. */
    Opened open();

    /**
     * Opens a session for somebody at this address.
     *
     * @throws dev.daveloper.domain.failures.AtCapacity when as many sessions live from there as may
     */
    Opened open(ClientAddress from);

    /**
     * A session and its only proof.
     *
     * @param token shown once; the store keeps its hash
     * @param expiresAt when it ends if it is not used again
     * @param latestExpiresAt when it ends however much it is used
     */
    record Opened(Session session, SessionToken token, Instant expiresAt, Instant latestExpiresAt) {}

    /** The session that this token proves, its idle time begun anew; empty when there is none or it has ended. */
    Optional<Session> authenticate(SessionToken token);

    /**
     * Whose token this is, as far as is known without asking anybody, so that something about the session can be asked
     * beside {@link #authenticate}. It proves nothing: the session may have ended. A token is never another session's.
     */
    Optional<SessionId> recall(SessionToken token);

    /**
     * Gives the session a new token; the old one is worth nothing from now on. The session's greatest age is not moved.
     *
     * @throws dev.daveloper.domain.failures.SessionRequired when the token proves nothing
     */
    Opened renew(SessionToken token);

    /** When the session ends if it is not used again. */
    Instant expiryOf(Session session);

    /** When the session ends however much it is used. */
    Instant latestExpiryOf(Session session);

    /**
     * Ends the session and forgets all that it owns. Its token is worth nothing when this returns; what cannot be
     * forgotten at the moment, because a service is away, is forgotten as soon as it is back. Does nothing when the
     * session has ended.
     */
    void end(SessionId session) throws InterruptedException;

    /**
     * As {@link #end}, on behalf of an administrator.
     *
     * @throws dev.daveloper.domain.failures.NotFound when no such session lives
     */
    void revoke(SessionId session) throws InterruptedException;

    SessionCounts counts();
}
