package dev.daveloper.application.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.sessions.in.Sessions;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.Laws;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionToken;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SessionsTest {
    @Test
    void a_token_proves_its_session_and_no_other_token_does() {
        try (CoreFixture core = CoreFixture.with(ScriptedAgent.saying("x"))) {
            Sessions sessions = core.core().sessions();
            Sessions.Opened opened = sessions.open();
            assertThat(sessions.authenticate(opened.token()))
                    .map(Session::id)
                    .contains(opened.session().id());
            assertThat(sessions.authenticate(SessionToken.next(new SecureRandom())))
                    .isEmpty();
            assertThat(opened.toString()).doesNotContain(opened.token().value());
            assertThat(opened.expiresAt()).isEqualTo(core.clock().instant().plus(Duration.ofHours(24)));
        }
    }

    @Test
    void a_session_that_is_used_lives_on_until_its_greatest_age() {
        try (CoreFixture core = CoreFixture.with(ScriptedAgent.saying("x"))) {
            Sessions sessions = core.core().sessions();
            Sessions.Opened opened = sessions.open();
            for (int hours = 0; hours < 30 * 24 - 20; hours += 20) {
                core.clock().advance(Duration.ofHours(20));
                Session used = sessions.authenticate(opened.token()).orElseThrow();
                assertThat(used.lastSeenAt()).isEqualTo(core.clock().instant());
                assertThat(sessions.expiryOf(used)).isAfter(core.clock().instant());
            }
            core.clock().advance(Duration.ofHours(20));
            assertThat(sessions.authenticate(opened.token())).isEmpty();
        }
    }

    @Test
    void a_session_that_is_not_used_ends_with_all_that_it_owns() throws Exception {
        try (CoreFixture core = CoreFixture.with(ScriptedAgent.saying("x"))) {
            Sessions sessions = core.core().sessions();
            Sessions.Opened idle = sessions.open();
            core.answerOf(core.ask(idle.session().id(), "q"));
            core.clock().advance(Duration.ofHours(24));
            assertThat(sessions.authenticate(idle.token())).isEmpty();
            assertThat(((SessionsService) sessions).endExpired()).isFalse();
            assertThat(Laws.historyOf(core.chat(), idle.session().id())).isEmpty();
            assertThat(core.events())
                    .contains(new GatewayEvent.SessionEnded(
                            idle.session().id(), true, core.clock().instant()));
        }
    }

    @Test
    void ending_a_session_forgets_it_at_once_and_again_does_nothing() throws Exception {
        try (CoreFixture core = CoreFixture.with(ScriptedAgent.saying("x"))) {
            Sessions sessions = core.core().sessions();
            Sessions.Opened opened = sessions.open();
            core.answerOf(core.ask(opened.session().id(), "q"));
            sessions.end(opened.session().id());
            sessions.end(opened.session().id());
            assertThat(sessions.authenticate(opened.token())).isEmpty();
            assertThat(Laws.historyOf(core.chat(), opened.session().id())).isEmpty();
            assertThat(core.events())
                    .filteredOn(GatewayEvent.SessionEnded.class::isInstance)
                    .hasSize(1);
        }
    }
}
