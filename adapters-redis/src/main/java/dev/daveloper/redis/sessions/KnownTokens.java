package dev.daveloper.redis.sessions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.TokenHash;
import java.util.Optional;

/**
 * Which token this node has seen to be whose. A token is one session's for ever, so that nothing in here is ever wrong;
 * that it still proves the session is for the store to say. Safe for use by many threads.
 */
final class KnownTokens {
    /** Some 30 MB; what was used least is forgotten first. */
    static final int MAX_TOKENS = 100_000;

    private final Cache<TokenHash, SessionId> sessions = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MAX_TOKENS)
            .build();

    Optional<SessionId> find(TokenHash token) {
        return Optional.ofNullable(sessions.getIfPresent(token));
    }

    void add(TokenHash token, SessionId session) {
        sessions.put(token, session);
    }

    /** It is worth nothing any more. */
    void remove(TokenHash token) {
        sessions.invalidate(token);
    }

    /** How many are remembered. */
    long size() {
        sessions.cleanUp();
        return sessions.estimatedSize();
    }
}
