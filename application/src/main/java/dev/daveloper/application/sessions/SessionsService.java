package dev.daveloper.application.sessions;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.sessions.in.Sessions;
import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.sessions.IdlePolicy;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.SessionToken;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Opens, recognises and ends sessions; a session's end takes its conversation and its documents with it. */
public final class SessionsService implements Sessions {
    /** How many expired sessions are ended in one round. */
    static final int MAX_EXPIRED_PER_ROUND = 500;

    private final SessionStore store;
    private final Chat chat;
    private final Documents documents;
    private final IdlePolicy policy;
    private final Ids ids;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final EventListener listener;

    /** @param random makes the tokens, so it must be cryptographically strong */
    public SessionsService(
            SessionStore store,
            Chat chat,
            Documents documents,
            IdlePolicy policy,
            Ids ids,
            RandomGenerator random,
            InstantSource clock,
            EventListener listener) {
        this.store = store;
        this.chat = chat;
        this.documents = documents;
        this.policy = policy;
        this.ids = ids;
        this.random = random;
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public Opened open() {
        Instant now = clock.instant();
        Session session = new Session(SessionId.next(ids), now, now);
        SessionToken token = SessionToken.next(random);
        Instant expiresAt = policy.endOf(session);
        store.create(session, token.hash(), expiresAt);
        listener.on(new GatewayEvent.SessionOpened(session.id(), now));
        return new Opened(session, token, expiresAt);
    }

    @Override
    public Optional<Session> authenticate(SessionToken token) {
        Instant now = clock.instant();
        Optional<Session> known = store.find(token.hash()).filter(session -> !policy.isOver(session, now));
        if (known.isEmpty() || !policy.isWorthNoting(known.get(), now)) {
            return known;
        }
        Session seen = known.get().seenAt(now);
        store.touch(seen.id(), now, policy.endOf(seen));
        return Optional.of(seen);
    }

    @Override
    public Instant expiryOf(Session session) {
        return policy.endOf(session);
    }

    @Override
    public void end(SessionId session) throws InterruptedException {
        end(session, false);
    }

    /** Ends sessions that have run out, with all that they own; answers whether there may be more of them. */
    public boolean endExpired() throws InterruptedException {
        List<SessionId> expired = store.expired(clock.instant(), MAX_EXPIRED_PER_ROUND);
        for (SessionId session : expired) {
            end(session, true);
        }
        return expired.size() == MAX_EXPIRED_PER_ROUND;
    }

    /** The session goes last: until its data is gone, a round that was cut short finds it again. */
    private void end(SessionId session, boolean expired) throws InterruptedException {
        chat.clear(session);
        documents.deleteAll(Scope.of(session));
        if (store.delete(session)) {
            listener.on(new GatewayEvent.SessionEnded(session, expired, clock.instant()));
        }
    }
}
