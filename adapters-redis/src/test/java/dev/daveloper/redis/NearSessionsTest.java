package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionEnd;
import dev.daveloper.domain.sessions.SessionToken;
import dev.daveloper.redis.RedisConfig.Timeouts;
import dev.daveloper.redis.testkit.RedisProcess;
import dev.daveloper.redis.testkit.Relay;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Visitors are recognised without asking Redis, and no longer than their sessions live. */
@Timeout(120)
class NearSessionsTest {
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofMillis(400), Duration.ofSeconds(1), Duration.ofMillis(200));

    /** What takes a millisecond on a machine that has nothing else to do. */
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(1);

    private static final int TIMES = 50;

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final RedisProcess server = RedisProcess.start();
    private final Relay network = Relay.to(server.port());
    private final Conversations conversations = new Conversations(InstantSource.system());
    private final Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
    private RedisAdapters here;
    private SessionStore there;

    @BeforeEach
    void open() throws InterruptedException {
        here = opener.open(opener.at(network.url()).with(TIMEOUTS));
        there = opener.open(opener.at(server.url())).sessionStore();
        awaitArmed();
    }

    @AfterEach
    void close() {
        here.close();
        network.close();
        server.close();
    }

    private void awaitArmed() {
        await().atMost(CoreFixture.SOON).until(here.tracking()::armed);
    }

    private Optional<Session> find(SessionToken token) {
        return here.sessionStore().find(token.hash());
    }

    /** A new session, which was recognised here before. */
    private Session recognised(SessionToken token) {
        Session session = conversations.newSession();
        there.create(session, token.hash(), tomorrow, Optional.empty());
        assertThat(find(token)).contains(session);
        return session;
    }

    private long asked() {
        return Commands.called(server).getOrDefault("hmget", 0L);
    }

    private void isHeldNear(SessionToken token) {
        await().atMost(CoreFixture.SOON).until(() -> {
            find(token);
            long before = asked();
            find(token);
            return asked() == before;
        });
    }

    private void isRefusedSoonAfter(SessionToken token, Runnable change) {
        change.run();
        long start = System.nanoTime();
        while (find(token).isPresent()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SEEN_WITHIN);
            LockSupport.parkNanos(100_000);
        }
    }

    @Test
    void a_visitor_who_was_recognised_once_is_recognised_again_without_a_command() {
        SessionToken token = conversations.newToken();
        Session session = recognised(token);
        isHeldNear(token);
        Commands.forget(server);
        for (int i = 0; i < 1_000; i++) {
            assertThat(find(token)).contains(session);
        }
        assertThat(Commands.called(server)).doesNotContainKeys("hmget", "evalsha", "eval", "hget");
    }

    @Test
    void a_session_that_was_ended_elsewhere_is_refused_here_in_no_time() {
        for (int i = 0; i < TIMES; i++) {
            SessionToken token = conversations.newToken();
            Session session = recognised(token);
            isRefusedSoonAfter(token, () -> there.end(session.id(), SessionEnd.REVOKED, tomorrow));
        }
    }

    @Test
    void a_token_that_was_renewed_elsewhere_is_refused_here_in_no_time() {
        for (int i = 0; i < TIMES; i++) {
            SessionToken token = conversations.newToken();
            SessionToken next = conversations.newToken();
            Session session = recognised(token);
            isRefusedSoonAfter(
                    token,
                    () -> assertThat(there.renew(session.id(), token.hash(), next.hash(), Instant.now(), tomorrow))
                            .isTrue());
            assertThat(find(next).map(Session::id)).contains(session.id());
        }
    }

    @Test
    void a_use_that_was_noted_elsewhere_is_known_here() {
        SessionToken token = conversations.newToken();
        Session session = recognised(token);
        Instant later = session.lastSeenAt().plusSeconds(90);
        there.touch(session.id(), later, tomorrow);
        await().atMost(SEEN_WITHIN).until(() -> find(token).equals(Optional.of(session.seenAt(later))));
    }

    @Test
    void what_is_changed_here_is_seen_here_at_once() {
        for (int i = 0; i < TIMES; i++) {
            SessionToken token = conversations.newToken();
            SessionToken next = conversations.newToken();
            Session session = recognised(token);
            Instant later = session.lastSeenAt().plusSeconds(90);
            SessionStore sessions = here.sessionStore();
            sessions.touch(session.id(), later, tomorrow);
            assertThat(find(token)).contains(session.seenAt(later));
            sessions.renew(session.id(), token.hash(), next.hash(), later, tomorrow);
            assertThat(find(token)).isEmpty();
            assertThat(find(next)).contains(session.seenAt(later));
            sessions.end(session.id(), SessionEnd.ENDED, tomorrow);
            assertThat(find(next)).isEmpty();
        }
    }

    @Test
    void nobody_is_recognised_by_what_was_held_before_the_connection_was_cut() {
        SessionToken token = conversations.newToken();
        Session session = recognised(token);
        isHeldNear(token);
        network.refuse(true);
        network.cut();
        await().atMost(CoreFixture.SOON).until(() -> !here.tracking().armed());
        there.end(session.id(), SessionEnd.ENDED, tomorrow);
        network.refuse(false);
        awaitArmed();
        await().atMost(CoreFixture.SOON)
                .ignoreException(StoreUnavailable.class)
                .until(() -> find(token).isEmpty());
        SessionToken after = conversations.newToken();
        Session again = recognised(after);
        isHeldNear(after);
        isRefusedSoonAfter(after, () -> there.end(again.id(), SessionEnd.ENDED, tomorrow));
    }

    @Test
    void in_an_emptied_redis_nobody_is_recognised() {
        SessionToken token = conversations.newToken();
        recognised(token);
        isHeldNear(token);
        isRefusedSoonAfter(token, () -> server.command("FLUSHALL"));
    }

    @Test
    void without_the_right_to_hear_of_changes_redis_is_asked_each_time() {
        server.command("ACL", "SETUSER", "default", "-client", "+client|setname");
        network.cut();
        await().atMost(CoreFixture.SOON).until(() -> !here.tracking().armed());
        SessionToken token = conversations.newToken();
        Session session = conversations.newSession();
        there.create(session, token.hash(), tomorrow, Optional.empty());
        await().atMost(CoreFixture.SOON)
                .ignoreException(StoreUnavailable.class)
                .until(() -> find(token).isPresent());
        Commands.forget(server);
        find(token);
        find(token);
        assertThat(asked()).isEqualTo(2);
    }
}
