package dev.daveloper.domain.sessions;

import java.time.Duration;
import java.time.Instant;

/**
 * When a session ends by itself.
 *
 * @param idle after its last use
 * @param maxAge after its start, however much it is used
 */
public record IdlePolicy(Duration idle, Duration maxAge) {
    /** A use is written down only when it moves the end by more than this part of the idle time. */
    private static final int RESOLUTION = 60;

    /** When the session ends if it is not used again. */
    public Instant endOf(Session session) {
        Instant byIdle = session.lastSeenAt().plus(idle);
        Instant byAge = latestEndOf(session);
        return byIdle.isBefore(byAge) ? byIdle : byAge;
    }

    /** When the session ends however much it is used. */
    public Instant latestEndOf(Session session) {
        return session.createdAt().plus(maxAge);
    }

    public boolean isOver(Session session, Instant now) {
        return !now.isBefore(endOf(session));
    }

    /** Whether a use at this moment is worth a write; most are not, so that a busy session costs no write per call. */
    public boolean isWorthNoting(Session session, Instant now) {
        return now.isAfter(session.lastSeenAt().plus(idle.dividedBy(RESOLUTION)));
    }
}
