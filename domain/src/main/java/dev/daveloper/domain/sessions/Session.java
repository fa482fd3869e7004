package dev.daveloper.domain.sessions;

import java.time.Instant;

/**
 * One visitor's stay.
 *
 * @param lastSeenAt when it was last used, exact to the idle policy's resolution
 */
public record Session(SessionId id, Instant createdAt, Instant lastSeenAt) {
    public Session seenAt(Instant now) {
        return new Session(id, createdAt, now);
    }
}
