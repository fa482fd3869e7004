package dev.daveloper.application.sessions;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.sessions.in.Sessions;
import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.application.sessions.out.SessionStore.AddressQuota;
import dev.daveloper.application.webhooks.in.Telling;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.AtCapacity;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.failures.SessionRequired;
import dev.daveloper.domain.sessions.AddressHash;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.IdlePolicy;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionCounts;
import dev.daveloper.domain.sessions.SessionEnd;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.SessionToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Opens, recognises and ends sessions; a session's end takes its conversation and its documents with it. */
public final class SessionsService implements Sessions {
    /** How many sessions are forgotten in one round. */
    static final int MAX_EXPIRED_PER_ROUND = 500;
    /**
     * After a session's end, what it owns is forgotten a second time: a request that had been let in by then may have
     * added to it. No request but a stream takes longer to get from there to the store.
     */
    static final Duration SECOND_LOOK = Duration.ofMinutes(1);

    private final SessionStore store;
    private final Chat chat;
    private final Documents documents;
    private final IdlePolicy policy;
    private final int maxPerAddress;
    private final Ids ids;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final EventListener listener;
    private final Telling telling;
    /** Made anew by each process, so that nobody can tell later which sessions came from one address. */
    private final byte[] addressSecret = new byte[AddressHash.MIN_SECRET_BYTES];

    /** @param random makes the tokens, so it must be cryptographically strong */
    public SessionsService(
            SessionStore store,
            Chat chat,
            Documents documents,
            SessionSettings settings,
            Ids ids,
            RandomGenerator random,
            InstantSource clock,
            EventListener listener,
            Telling telling) {
        this.store = store;
        this.chat = chat;
        this.documents = documents;
        this.policy = settings.policy();
        this.maxPerAddress = settings.maxPerAddress();
        this.ids = ids;
        this.random = random;
        this.clock = clock;
        this.listener = listener;
        this.telling = telling;
        random.nextBytes(addressSecret);
    }

    @Override
    public Opened open() {
        return open(Optional.empty());
    }

    @Override
    public Opened open(ClientAddress from) {
        return open(
                maxPerAddress == 0
                        ? Optional.empty()
                        : Optional.of(new AddressQuota(AddressHash.of(from, addressSecret), maxPerAddress)));
    }

    private Opened open(Optional<AddressQuota> quota) {
        Instant now = clock.instant();
        Session session = new Session(SessionId.next(ids), now, now);
        SessionToken token = SessionToken.next(random);
        GatewayEvent opened = new GatewayEvent.SessionOpened(session.id(), now);
        if (!store.create(session, token.hash(), policy.endOf(session), quota, telling.of(opened))) {
            throw AtCapacity.sessions();
        }
        listener.on(opened);
        return opened(session, token);
    }

    @Override
    public Optional<Session> authenticate(SessionToken token) {
        Instant now = clock.instant();
        Optional<Session> known = find(token, now);
        if (known.isEmpty() || !policy.isWorthNoting(known.get(), now)) {
            return known;
        }
        Session seen = known.get().seenAt(now);
        store.touch(seen.id(), now, policy.endOf(seen));
        return Optional.of(seen);
    }

    @Override
    public Optional<SessionId> recall(SessionToken token) {
        return store.recall(token.hash());
    }

    @Override
    public Opened renew(SessionToken token) {
        Instant now = clock.instant();
        Session session = find(token, now).orElseThrow(SessionRequired::new).seenAt(now);
        SessionToken next = SessionToken.next(random);
        if (!store.renew(session.id(), token.hash(), next.hash(), now, policy.endOf(session))) {
            throw new SessionRequired();
        }
        listener.on(new GatewayEvent.SessionRenewed(session.id(), now));
        return opened(session, next);
    }

    @Override
    public Instant expiryOf(Session session) {
        return policy.endOf(session);
    }

    @Override
    public Instant latestExpiryOf(Session session) {
        return policy.latestEndOf(session);
    }

    @Override
    public void end(SessionId session) throws InterruptedException {
        end(session, SessionEnd.ENDED);
    }

    @Override
    public void revoke(SessionId session) throws InterruptedException {
        if (!end(session, SessionEnd.REVOKED)) {
            throw new NotFound("session");
        }
    }

    @Override
    public SessionCounts counts() {
        return store.counts();
    }

    /**
     * Ends sessions that have run out, and forgets what is left of ended ones; answers whether there may be more. One
     * whose data cannot be forgotten is tried again in the next round.
     */
    public boolean endExpired() throws InterruptedException {
        Instant now = clock.instant();
        List<SessionId> expired = store.expired(now, MAX_EXPIRED_PER_ROUND);
        Optional<GatewayException> trouble = Optional.empty();
        for (SessionId session : expired) {
            GatewayEvent ended = new GatewayEvent.SessionEnded(session, SessionEnd.EXPIRED, now);
            if (store.end(session, SessionEnd.EXPIRED, now, telling.of(ended))) {
                listener.on(ended);
            }
            try {
                forget(session);
                store.delete(session);
            } catch (GatewayException e) {
                trouble = Optional.of(e);
            }
        }
        if (trouble.isPresent()) {
            throw trouble.get();
        }
        return expired.size() == MAX_EXPIRED_PER_ROUND;
    }

    private boolean end(SessionId session, SessionEnd how) throws InterruptedException {
        Instant now = clock.instant();
        GatewayEvent ended = new GatewayEvent.SessionEnded(session, how, now);
        if (!store.end(session, how, now.plus(SECOND_LOOK), telling.of(ended))) {
            return false;
        }
        listener.on(ended);
        try {
            forget(session);
        } catch (GatewayException e) {
            listener.on(new GatewayEvent.Trouble("forgetting a session, to be tried again", e, now));
        }
        return true;
    }

    private void forget(SessionId session) throws InterruptedException {
        chat.clear(session);
        documents.deleteAll(Scope.of(session));
    }

    private Optional<Session> find(SessionToken token, Instant now) {
        return store.find(token.hash()).filter(session -> !policy.isOver(session, now));
    }

    private Opened opened(Session session, SessionToken token) {
        return new Opened(session, token, policy.endOf(session), policy.latestEndOf(session));
    }
}
