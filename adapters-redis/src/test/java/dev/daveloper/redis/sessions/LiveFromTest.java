package dev.daveloper.redis.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.sessions.out.SessionStore.AddressQuota;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.domain.sessions.AddressHash;
import dev.daveloper.domain.sessions.SessionId;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class LiveFromTest {
    private static final AddressQuota ONE = new AddressQuota(new AddressHash("00ff"), 1);

    private final Conversations conversations = new Conversations(InstantSource.system());
    private final LiveFrom live = new LiveFrom();
    private final SessionId first = conversations.someSession();
    private final SessionId second = conversations.someSession();

    @Test
    void a_session_that_is_being_opened_is_counted_though_the_store_does_not_have_it_yet() {
        assertThat(live.add(first, ONE, session -> false)).isTrue();
        assertThat(live.add(second, ONE, session -> false)).isFalse();
    }

    @Test
    void a_session_that_ended_elsewhere_makes_room() {
        live.add(first, ONE, session -> true);
        live.opened(first);
        assertThat(live.add(second, ONE, session -> true)).isFalse();
        assertThat(live.add(second, ONE, session -> !session.equals(first))).isTrue();
    }

    @Test
    void a_session_that_could_not_be_opened_makes_room() {
        live.add(first, ONE, session -> true);
        live.remove(first);
        assertThat(live.add(second, ONE, session -> true)).isTrue();
    }
}
