package dev.daveloper.application.sessions.in;

import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.SessionToken;
import java.time.Instant;
import java.util.Optional;

/** Sessions without a login: opened for anybody, proved by a token that only the opener has. Safe for many threads. */
public interface Sessions {
    Opened open();

    /**
     * A new session and its only proof.
     *
     * @param token shown once; the store keeps its hash
     * @param expiresAt when it ends if it is not used again
     */
    record Opened(Session session, SessionToken token, Instant expiresAt) {}

    /** The session that this token proves, its idle time begun anew; empty when there is none or it has ended. */
    Optional<Session> authenticate(SessionToken token);

    /** When the session ends if it is not used again. */
    Instant expiryOf(Session session);

    /** Ends the session and forgets all that it owns. Does nothing when it has ended. */
    void end(SessionId session) throws InterruptedException;
}
