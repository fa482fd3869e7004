package dev.daveloper.application.sessions.out;

import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.TokenHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps sessions by the hash of their token. Safe for use by many threads; throws
 * {@link dev.daveloper.domain.failures.StoreUnavailable}.
 */
public interface SessionStore {
    /** @param expiresAt from when on {@link #expired} lists it */
    void create(Session session, TokenHash token, Instant expiresAt);

    /** The session, also when it has expired but was not deleted yet. */
    Optional<Session> find(TokenHash token);

    /** Notes a use. Does nothing when the session is gone; an older use never replaces a newer one. */
    void touch(SessionId session, Instant lastSeenAt, Instant expiresAt);

    /** @return whether there was one to delete */
    boolean delete(SessionId session);

    /** Sessions whose expiry is not after this moment, oldest expiry first; found by index, never by a scan. */
    List<SessionId> expired(Instant now, int max);
}
