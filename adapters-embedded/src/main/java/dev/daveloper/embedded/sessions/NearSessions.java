package dev.daveloper.embedded.sessions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.TokenHash;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sessions that were found, until something about them is changed; only this process changes them. Safe for use by many
 * threads.
 *
 * <p>Who reads leaves a mark first and holds the session in its place; who changes a session says so before and drops
 * it after. So what was read before a change is not held after it, whoever was faster.
 */
final class NearSessions {
    /** Some 30 MB; what was used least goes first. */
    private static final int MAX_SESSIONS = 100_000;

    /** Longer than any reading takes that has begun before the change. */
    private static final Duration CHANGING = Duration.ofMinutes(1);

    private final Cache<TokenHash, Held> held = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MAX_SESSIONS)
            .build();
    private final Cache<SessionId, TokenHash> tokens = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MAX_SESSIONS)
            .build();
    private final Cache<SessionId, Boolean> changing = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MAX_SESSIONS)
            .expireAfterWrite(CHANGING)
            .build();

    private sealed interface Held {}

    /** Somebody reads; each is equal to itself alone. */
    private static final class Mark implements Held {}

    private record Known(Session session) implements Held {}

    /** What is held, and otherwise what is read, which is held from then on. */
    Optional<Session> find(TokenHash token, Supplier<Optional<Session>> read) {
        Held known = held.getIfPresent(token);
        Mark mark = new Mark();
        if (known == null) {
            known = held.asMap().putIfAbsent(token, mark);
        }
        if (known instanceof Known found) {
            return Optional.of(found.session());
        }
        return known == null ? readFor(token, mark, read) : read.get();
    }

    private Optional<Session> readFor(TokenHash token, Mark mark, Supplier<Optional<Session>> read) {
        Optional<Session> session = Optional.empty();
        try {
            session = read.get();
            return session;
        } finally {
            if (session.isPresent()) {
                SessionId id = session.get().id();
                tokens.put(id, token);
                held.asMap().replace(token, mark, new Known(session.get()));
                if (changing.getIfPresent(id) != null) {
                    held.invalidate(token);
                }
            } else {
                held.asMap().remove(token, mark);
            }
        }
    }

    /** Does what changes the session, and forgets what was known of it. */
    <T> T change(SessionId session, Supplier<T> change) {
        changing.put(session, true);
        try {
            return change.get();
        } finally {
            TokenHash token = tokens.getIfPresent(session);
            if (token != null) {
                tokens.invalidate(session);
                held.invalidate(token);
            }
        }
    }
}
