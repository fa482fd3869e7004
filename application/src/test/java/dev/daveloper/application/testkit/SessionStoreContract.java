package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.application.sessions.out.SessionStore.AddressQuota;
import dev.daveloper.domain.sessions.AddressHash;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionCounts;
import dev.daveloper.domain.sessions.SessionEnd;
import dev.daveloper.domain.sessions.SessionToken;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link SessionStore} does. */
public abstract class SessionStoreContract {
    private static final int RACERS = 32;
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Instant FOREVER = Instant.parse("2200-01-01T00:00:00Z");

    private final ManualClock clock = new ManualClock();
    private final Conversations conversations = new Conversations(clock);
    private final Session session = conversations.newSession();
    private final SessionToken token = conversations.newToken();
    private SessionStore sessions;

    /** An empty store on this clock. Closing it is the subclass's business. */
    protected abstract SessionStore open(InstantSource time) throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        sessions = open(clock);
    }

    @Test
    void a_session_is_found_by_its_token_as_it_was_created() {
        create(session, token);

        assertThat(sessions.find(token.hash())).contains(session);
        assertThat(sessions.find(conversations.newToken().hash())).isEmpty();
    }

    @Test
    void whose_a_token_is_may_be_remembered_and_is_never_mistaken() {
        create(session, token);
        sessions.find(token.hash());
        assertThat(sessions.recall(token.hash())).isIn(Optional.empty(), Optional.of(session.id()));
        assertThat(sessions.recall(conversations.newToken().hash())).isEmpty();
    }

    @Test
    void a_use_is_noted() {
        create(session, token);
        clock.advance(Duration.ofMinutes(5));
        touchNow();

        assertThat(sessions.find(token.hash())).contains(session.seenAt(clock.instant()));
        assertThat(sessions.expired(session.lastSeenAt().plus(IDLE), 10)).isEmpty();
        assertThat(sessions.expired(clock.instant().plus(IDLE), 10)).containsExactly(session.id());
    }

    @Test
    void an_older_use_never_replaces_a_newer_one() {
        create(session, token);
        Instant older = clock.instant().plusSeconds(1);
        clock.advance(Duration.ofMinutes(5));
        touchNow();

        sessions.touch(session.id(), older, older.plus(IDLE));

        assertThat(sessions.find(token.hash())).contains(session.seenAt(clock.instant()));
        assertThat(sessions.expired(older.plus(IDLE), 10)).isEmpty();
    }

    @Test
    void of_many_uses_at_once_the_newest_is_kept() throws Exception {
        create(session, token);
        Instant start = clock.instant();

        Racing.race(RACERS, i -> {
            Instant use = start.plusSeconds(i);
            sessions.touch(session.id(), use, use.plus(IDLE));
            return i;
        });

        assertThat(sessions.find(token.hash())).contains(session.seenAt(start.plusSeconds(RACERS - 1)));
    }

    @Test
    void a_session_that_has_ended_is_not_brought_back_by_a_use() {
        create(session, token);
        end();
        touchNow();

        assertThat(sessions.find(token.hash())).isEmpty();
        assertThat(sessions.expired(FOREVER, 10)).containsExactly(session.id());
        assertThat(sessions.expired(clock.instant().minusMillis(1), 10)).isEmpty();
    }

    @Test
    void a_session_ends_once_and_is_listed_until_it_is_deleted() {
        create(session, token);

        assertThat(sessions.end(session.id(), SessionEnd.ENDED, clock.instant().plusSeconds(60)))
                .isTrue();
        assertThat(sessions.end(session.id(), SessionEnd.REVOKED, clock.instant()))
                .isFalse();
        assertThat(sessions.find(token.hash())).isEmpty();
        assertThat(sessions.expired(clock.instant().plusSeconds(59), 10)).isEmpty();
        assertThat(sessions.expired(clock.instant().plusSeconds(60), 10)).containsExactly(session.id());

        sessions.delete(session.id());
        assertThat(sessions.expired(FOREVER, 10)).isEmpty();
        assertThat(sessions.end(session.id(), SessionEnd.ENDED, clock.instant()))
                .isFalse();
    }

    @Test
    void a_session_that_lives_is_not_deleted() {
        create(session, token);
        sessions.delete(session.id());

        assertThat(sessions.find(token.hash())).contains(session);
    }

    @Test
    void of_many_who_end_a_session_at_once_one_did_it() throws Exception {
        create(session, token);

        assertThat(Racing.race(RACERS, i -> sessions.end(session.id(), SessionEnd.ENDED, clock.instant())))
                .containsOnlyOnce(true);
        assertThat(sessions.counts()).isEqualTo(new SessionCounts(0, 1, 1, 0, 0));
    }

    @Test
    void an_expired_session_is_found_until_it_is_ended() {
        create(session, token);
        clock.advance(IDLE.multipliedBy(2));

        assertThat(sessions.find(token.hash())).contains(session);
        end();
        assertThat(sessions.find(token.hash())).isEmpty();
    }

    @Test
    void a_renewed_session_is_found_by_its_new_token_alone() {
        create(session, token);
        SessionToken next = conversations.newToken();
        clock.advance(Duration.ofMinutes(5));

        assertThat(renew(token, next)).isTrue();
        assertThat(sessions.find(token.hash())).isEmpty();
        assertThat(sessions.find(next.hash())).contains(session.seenAt(clock.instant()));
        assertThat(sessions.expired(clock.instant().plus(IDLE).minusMillis(1), 10))
                .isEmpty();
        assertThat(renew(token, conversations.newToken())).isFalse();
    }

    @Test
    void of_many_who_renew_a_session_at_once_one_did_it() throws Exception {
        create(session, token);
        List<SessionToken> next =
                Stream.generate(conversations::newToken).limit(RACERS).toList();

        List<Boolean> renewed = Racing.race(RACERS, i -> renew(token, next.get(i)));

        assertThat(renewed).containsOnlyOnce(true);
        assertThat(sessions.find(next.get(renewed.indexOf(true)).hash())).isPresent();
    }

    @Test
    void a_session_that_has_ended_cannot_be_renewed() {
        create(session, token);
        end();

        assertThat(renew(token, conversations.newToken())).isFalse();
    }

    @Test
    void from_one_address_as_many_sessions_live_as_may() {
        AddressQuota two = quota("192.0.2.1", 2);

        assertThat(open(two)).isPresent();
        Session second = open(two).orElseThrow();
        assertThat(open(two)).isEmpty();
        assertThat(open(quota("192.0.2.2", 2))).isPresent();
        assertThat(sessions.counts().opened()).isEqualTo(3);

        sessions.end(second.id(), SessionEnd.EXPIRED, clock.instant());
        assertThat(open(two)).isPresent();
        assertThat(open(two)).isEmpty();
        sessions.delete(second.id());
        assertThat(open(two)).isEmpty();
    }

    @Test
    void of_many_who_open_sessions_from_one_address_at_once_as_many_succeed_as_may() throws Exception {
        AddressQuota few = quota("192.0.2.1", 5);

        assertThat(Racing.race(RACERS, i -> open(few).isPresent()))
                .filteredOn(opened -> opened)
                .hasSize(5);
    }

    @Test
    void what_was_opened_and_how_it_ended_is_counted() {
        for (SessionEnd how : SessionEnd.values()) {
            Session opened = openedFor(1);
            openedFor(1);
            sessions.end(opened.id(), how, clock.instant());
            sessions.delete(opened.id());
        }

        assertThat(sessions.counts()).isEqualTo(new SessionCounts(3, 6, 1, 1, 1));
    }

    @Test
    void a_session_expires_at_its_moment_and_not_before() {
        create(session, token);
        Instant expiry = session.lastSeenAt().plus(IDLE);

        assertThat(sessions.expired(expiry.minusMillis(1), 10)).isEmpty();
        assertThat(sessions.expired(expiry, 10)).containsExactly(session.id());
        assertThat(sessions.expired(expiry.plusSeconds(1), 10)).containsExactly(session.id());
    }

    @Test
    void expired_sessions_are_listed_oldest_expiry_first_and_as_many_as_asked_for() {
        List<Session> opened = Stream.of(3, 1, 2).map(this::openedFor).toList();
        Instant later = clock.instant().plus(Duration.ofHours(1));

        assertThat(sessions.expired(later, 10))
                .containsExactly(
                        opened.get(1).id(), opened.get(2).id(), opened.get(0).id());
        assertThat(sessions.expired(later, 2))
                .containsExactly(opened.get(1).id(), opened.get(2).id());
        assertThat(sessions.expired(later, 0)).isEmpty();
    }

    private Session openedFor(int minutes) {
        Session opened = conversations.newSession();
        sessions.create(
                opened,
                conversations.newToken().hash(),
                clock.instant().plus(Duration.ofMinutes(minutes)),
                Optional.empty());
        return opened;
    }

    private Optional<Session> open(AddressQuota quota) {
        Session opened = conversations.newSession();
        boolean created = sessions.create(
                opened, conversations.newToken().hash(), clock.instant().plus(IDLE), Optional.of(quota));
        return created ? Optional.of(opened) : Optional.empty();
    }

    private static AddressQuota quota(String address, int max) {
        ClientAddress client = ClientAddress.of(addressOf(address));
        return new AddressQuota(AddressHash.of(client, new byte[AddressHash.MIN_SECRET_BYTES]), max);
    }

    private static InetAddress addressOf(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void create(Session created, SessionToken proof) {
        sessions.create(created, proof.hash(), created.lastSeenAt().plus(IDLE), Optional.empty());
    }

    private boolean renew(SessionToken old, SessionToken next) {
        return sessions.renew(
                session.id(),
                old.hash(),
                next.hash(),
                clock.instant(),
                clock.instant().plus(IDLE));
    }

    private void end() {
        sessions.end(session.id(), SessionEnd.ENDED, clock.instant());
    }

    private void touchNow() {
        sessions.touch(session.id(), clock.instant(), clock.instant().plus(IDLE));
    }
}
