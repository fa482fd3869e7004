package dev.daveloper.application.testkit;

import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.TokenHash;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sessions in a map. */
public final class InMemorySessionStore implements SessionStore {
    private final Map<TokenHash, Held> sessions = new LinkedHashMap<>();

    private record Held(Session session, Instant expiresAt) {}

    @Override
    public synchronized void create(Session session, TokenHash token, Instant expiresAt) {
        sessions.put(token, new Held(session, expiresAt));
    }

    @Override
    public synchronized Optional<Session> find(TokenHash token) {
        return Optional.ofNullable(sessions.get(token)).map(Held::session);
    }

    @Override
    public synchronized void touch(SessionId session, Instant lastSeenAt, Instant expiresAt) {
        sessions.replaceAll((token, held) -> held.session().id().equals(session)
                        && lastSeenAt.isAfter(held.session().lastSeenAt())
                ? new Held(held.session().seenAt(lastSeenAt), expiresAt)
                : held);
    }

    @Override
    public synchronized boolean delete(SessionId session) {
        return sessions.values().removeIf(held -> held.session().id().equals(session));
    }

    @Override
    public synchronized List<SessionId> expired(Instant now, int max) {
        return sessions.values().stream()
                .filter(held -> !held.expiresAt().isAfter(now))
                .sorted(Comparator.comparing(Held::expiresAt))
                .limit(max)
                .map(held -> held.session().id())
                .toList();
    }
}
