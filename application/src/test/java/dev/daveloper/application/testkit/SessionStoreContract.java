package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link SessionStore} does. */
public abstract class SessionStoreContract {
    private static final int RACERS = 32;
    private static final Duration IDLE = Duration.ofMinutes(30);

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
    void a_session_that_is_gone_is_not_brought_back_by_a_use() {
        create(session, token);
        sessions.delete(session.id());
        touchNow();

        assertThat(sessions.find(token.hash())).isEmpty();
        assertThat(sessions.expired(Instant.parse("2200-01-01T00:00:00Z"), 10)).isEmpty();
    }

    @Test
    void a_session_is_deleted_once() {
        create(session, token);

        assertThat(sessions.delete(session.id())).isTrue();
        assertThat(sessions.delete(session.id())).isFalse();
        assertThat(sessions.find(token.hash())).isEmpty();
    }

    @Test
    void of_many_who_delete_a_session_at_once_one_did_it() throws Exception {
        create(session, token);

        assertThat(Racing.race(RACERS, i -> sessions.delete(session.id()))).containsOnlyOnce(true);
    }

    @Test
    void an_expired_session_is_found_until_it_is_deleted() {
        create(session, token);
        clock.advance(IDLE.multipliedBy(2));

        assertThat(sessions.find(token.hash())).contains(session);
        sessions.delete(session.id());
        assertThat(sessions.expired(clock.instant(), 10)).isEmpty();
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
        sessions.create(opened, conversations.newToken().hash(), clock.instant().plus(Duration.ofMinutes(minutes)));
        return opened;
    }

    private void create(Session created, SessionToken proof) {
        sessions.create(created, proof.hash(), created.lastSeenAt().plus(IDLE));
    }

    private void touchNow() {
        sessions.touch(session.id(), clock.instant(), clock.instant().plus(IDLE));
    }
}
