package dev.daveloper.redis.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionEnd;
import dev.daveloper.domain.sessions.SessionToken;
import dev.daveloper.redis.TestAdapters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each node remembers the tokens that it has met. */
@Timeout(60)
class KnownTokensTest {
    private final Instant tomorrow = Instant.now().plus(Duration.ofDays(1));

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final Conversations conversations = new Conversations(InstantSource.system());
    private final Session session = conversations.newSession();
    private final SessionToken token = conversations.newToken();
    private SessionStore here;
    private SessionStore there;

    @BeforeEach
    void openSessionHere() throws InterruptedException {
        here = opener.open(opener.config()).sessionStore();
        there = opener.open(opener.config()).sessionStore();
        here.create(session, token.hash(), tomorrow, Optional.empty());
    }

    @Test
    void a_token_is_known_where_it_was_made_or_came_to() {
        assertThat(here.recall(token.hash())).contains(session.id());
        assertThat(there.recall(token.hash())).isEmpty();
        there.find(token.hash());
        assertThat(there.recall(token.hash())).contains(session.id());
    }

    @Test
    void a_renewed_token_is_known_and_the_old_one_is_not() {
        SessionToken next = conversations.newToken();
        assertThat(here.renew(session.id(), token.hash(), next.hash(), Instant.now(), tomorrow))
                .isTrue();
        assertThat(here.recall(next.hash())).contains(session.id());
        assertThat(here.recall(token.hash())).isEmpty();
    }

    @Test
    void a_token_that_turned_out_to_be_worth_nothing_is_forgotten() {
        there.end(session.id(), SessionEnd.ENDED, tomorrow);
        assertThat(here.recall(token.hash())).as("not heard of it").contains(session.id());
        assertThat(here.find(token.hash())).isEmpty();
        assertThat(here.recall(token.hash())).isEmpty();
    }

    @Test
    void no_more_are_known_than_may_be() {
        KnownTokens known = new KnownTokens();
        for (int i = 0; i < KnownTokens.MAX_TOKENS + 1_000; i++) {
            known.add(conversations.newToken().hash(), session.id());
        }
        assertThat(known.size()).isBetween(1L, (long) KnownTokens.MAX_TOKENS);
    }
}
