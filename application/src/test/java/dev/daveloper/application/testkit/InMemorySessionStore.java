package dev.daveloper.application.testkit;

import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.domain.sessions.AddressHash;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionCounts;
import dev.daveloper.domain.sessions.SessionEnd;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.TokenHash;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Sessions in a map. */
public final class InMemorySessionStore implements SessionStore {
    private final Map<SessionId, Held> sessions = new LinkedHashMap<>();
    /** Of all that there ever were: as a node would remember one whose session another node has ended. */
    private final Map<TokenHash, SessionId> known = new HashMap<>();

    private final Map<SessionEnd, Long> ends = new EnumMap<>(SessionEnd.class);
    private final Consumer<WebhookEvent> telling;
    private long opened;

    public InMemorySessionStore() {
        this(told -> {});
    }

    /** @param telling where what is told of is put in the same step */
    public InMemorySessionStore(Consumer<WebhookEvent> telling) {
        this.telling = telling;
    }

    /** @param token empty when the session has ended */
    private record Held(Session session, Optional<TokenHash> token, Instant expiresAt, Optional<AddressHash> address) {}

    @Override
    public synchronized boolean create(
            Session session,
            TokenHash token,
            Instant expiresAt,
            Optional<AddressQuota> quota,
            Optional<WebhookEvent> told) {
        if (quota.isPresent() && liveFrom(quota.get().address()) >= quota.get().max()) {
            return false;
        }
        sessions.put(session.id(), new Held(session, Optional.of(token), expiresAt, quota.map(AddressQuota::address)));
        known.put(token, session.id());
        opened++;
        told.ifPresent(telling);
        return true;
    }

    @Override
    public synchronized Optional<Session> find(TokenHash token) {
        return sessions.values().stream()
                .filter(held -> held.token().equals(Optional.of(token)))
                .map(Held::session)
                .findFirst();
    }

    @Override
    public synchronized Optional<SessionId> recall(TokenHash token) {
        return Optional.ofNullable(known.get(token));
    }

    @Override
    public synchronized void touch(SessionId session, Instant lastSeenAt, Instant expiresAt) {
        sessions.computeIfPresent(
                session,
                (id, held) -> held.token().isPresent()
                                && lastSeenAt.isAfter(held.session().lastSeenAt())
                        ? new Held(held.session().seenAt(lastSeenAt), held.token(), expiresAt, held.address())
                        : held);
    }

    @Override
    public synchronized boolean renew(
            SessionId session, TokenHash token, TokenHash next, Instant lastSeenAt, Instant expiresAt) {
        Held held = sessions.get(session);
        if (held == null || !held.token().equals(Optional.of(token))) {
            return false;
        }
        sessions.put(
                session, new Held(held.session().seenAt(lastSeenAt), Optional.of(next), expiresAt, held.address()));
        known.put(next, session);
        return true;
    }

    @Override
    public synchronized boolean end(SessionId session, SessionEnd how, Instant forgetAt, Optional<WebhookEvent> told) {
        Held held = sessions.get(session);
        if (held == null || held.token().isEmpty()) {
            return false;
        }
        sessions.put(session, new Held(held.session(), Optional.empty(), forgetAt, Optional.empty()));
        ends.merge(how, 1L, Long::sum);
        told.ifPresent(telling);
        return true;
    }

    @Override
    public synchronized void delete(SessionId session) {
        sessions.computeIfPresent(session, (id, held) -> held.token().isPresent() ? held : null);
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

    @Override
    public synchronized SessionCounts counts() {
        long ended = ends.getOrDefault(SessionEnd.ENDED, 0L);
        long expired = ends.getOrDefault(SessionEnd.EXPIRED, 0L);
        long revoked = ends.getOrDefault(SessionEnd.REVOKED, 0L);
        return new SessionCounts(opened - ended - expired - revoked, opened, ended, expired, revoked);
    }

    private long liveFrom(AddressHash address) {
        return sessions.values().stream()
                .filter(held -> held.address().equals(Optional.of(address)))
                .count();
    }
}
