package dev.daveloper.redis.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionEnd;
import dev.daveloper.domain.sessions.SessionToken;
import dev.daveloper.redis.TestAdapters;
import dev.daveloper.redis.testkit.RedisProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Found by the soak: a token was gone, and its session was nobody's to end until it had run out, a day later. */
class BrokenOffEndTest {
    private static final Duration IDLE = Duration.ofHours(24);
    private static final Duration SOON = Duration.ofMinutes(2);

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    @Test
    void a_session_of_which_only_the_token_is_gone_ends_soon() throws Exception {
        ManualClock clock = new ManualClock();
        Conversations conversations = new Conversations(clock);
        Session session = conversations.newSession();
        SessionToken token = conversations.newToken();
        try (RedisProcess server = RedisProcess.start()) {
            SessionStore sessions =
                    opener.open(opener.at(server.url()).withClock(clock)).sessionStore();
            sessions.create(session, token.hash(), clock.instant().plus(IDLE), Optional.empty(), Optional.empty());
            Instant forgetAt = clock.instant().plus(SOON);

            // The scripts fail, and with them the step that notes the end.
            server.command("ACL", "SETUSER", "default", "-evalsha", "-eval");
            assertThatThrownBy(() -> sessions.end(session.id(), SessionEnd.ENDED, forgetAt, Optional.empty()))
                    .isInstanceOf(RuntimeException.class);
            server.command("ACL", "SETUSER", "default", "+evalsha", "+eval");

            assertThat(sessions.find(token.hash())).isEmpty();
            assertThat(sessions.expired(forgetAt, 10)).containsExactly(session.id());
            assertThat(sessions.end(session.id(), SessionEnd.EXPIRED, forgetAt, Optional.empty()))
                    .isTrue();
        }
    }
}
