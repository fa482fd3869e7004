package dev.daveloper.application.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daveloper.application.sessions.in.Sessions;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.Laws;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.Uploads;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.AtCapacity;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.failures.SessionRequired;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionCounts;
import dev.daveloper.domain.sessions.SessionEnd;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.SessionToken;
import java.net.InetAddress;
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
    void whose_a_token_was_is_recalled_though_it_proves_nothing_any_more() throws Exception {
        try (CoreFixture core = CoreFixture.with(ScriptedAgent.saying("x"))) {
            Sessions sessions = core.core().sessions();
            Sessions.Opened opened = sessions.open();
            sessions.end(opened.session().id());
            assertThat(sessions.recall(opened.token()))
                    .contains(opened.session().id());
            assertThat(sessions.authenticate(opened.token())).isEmpty();
            assertThat(sessions.recall(SessionToken.next(new SecureRandom()))).isEmpty();
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
                            idle.session().id(),
                            SessionEnd.EXPIRED,
                            core.clock().instant()));
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

    @Test
    void a_renewed_session_keeps_what_it_owns_and_its_greatest_age() throws Exception {
        try (CoreFixture core = CoreFixture.with(ScriptedAgent.saying("x"))) {
            Sessions sessions = core.core().sessions();
            Sessions.Opened opened = sessions.open();
            core.answerOf(core.ask(opened.session().id(), "q"));
            core.clock().advance(Duration.ofHours(1));

            Sessions.Opened renewed = sessions.renew(opened.token());

            assertThat(renewed.session().id()).isEqualTo(opened.session().id());
            assertThat(renewed.expiresAt()).isEqualTo(core.clock().instant().plus(Duration.ofHours(24)));
            assertThat(renewed.latestExpiresAt()).isEqualTo(opened.latestExpiresAt());
            assertThat(sessions.authenticate(opened.token())).isEmpty();
            assertThat(sessions.authenticate(renewed.token())).contains(renewed.session());
            assertThat(Laws.historyOf(core.chat(), opened.session().id())).hasSize(2);
            assertThat(core.events())
                    .contains(new GatewayEvent.SessionRenewed(
                            opened.session().id(), core.clock().instant()));
            assertThatExceptionOfType(SessionRequired.class).isThrownBy(() -> sessions.renew(opened.token()));
        }
    }

    @Test
    void a_session_that_has_run_out_cannot_be_renewed() {
        try (CoreFixture core = CoreFixture.with(ScriptedAgent.saying("x"))) {
            Sessions sessions = core.core().sessions();
            Sessions.Opened opened = sessions.open();
            core.clock().advance(Duration.ofHours(24));
            assertThatExceptionOfType(SessionRequired.class).isThrownBy(() -> sessions.renew(opened.token()));
        }
    }

    @Test
    void a_revoked_session_is_over_and_one_that_is_not_there_cannot_be_revoked() throws Exception {
        try (CoreFixture core = CoreFixture.with(ScriptedAgent.saying("x"))) {
            Sessions sessions = core.core().sessions();
            Sessions.Opened opened = sessions.open();
            SessionId id = opened.session().id();

            sessions.revoke(id);

            assertThat(sessions.authenticate(opened.token())).isEmpty();
            assertThat(sessions.counts()).isEqualTo(new SessionCounts(0, 1, 0, 0, 1));
            assertThat(core.events())
                    .contains(new GatewayEvent.SessionEnded(
                            id, SessionEnd.REVOKED, core.clock().instant()));
            assertThatExceptionOfType(NotFound.class).isThrownBy(() -> sessions.revoke(id));
        }
    }

    @Test
    void from_one_address_as_many_sessions_live_as_may() throws Exception {
        SessionSettings two = new SessionSettings(SessionSettings.DEFAULT.policy(), 2);
        try (CoreFixture core = CoreFixture.with(ScriptedAgent.saying("x"), two)) {
            Sessions sessions = core.core().sessions();
            ClientAddress here = ClientAddress.of(InetAddress.getByName("2001:db8::1"));
            ClientAddress neighbour = ClientAddress.of(InetAddress.getByName("2001:db8::2"));
            SessionId first = sessions.open(here).session().id();
            sessions.open(neighbour);

            assertThatExceptionOfType(AtCapacity.class)
                    .isThrownBy(() -> sessions.open(here))
                    .matches(refused -> refused.code() == FailureCode.TOO_MANY_SESSIONS)
                    .matches(refused -> refused.retryAfter().isPresent());
            sessions.open(ClientAddress.of(InetAddress.getByName("2001:db8:0:1::1")));
            sessions.open();

            sessions.end(first);
            sessions.open(here);
        }
    }

    @Test
    void what_a_late_request_adds_to_an_ended_session_is_forgotten_too() throws Exception {
        try (CoreFixture core = CoreFixture.with(ScriptedAgent.saying("x"))) {
            SessionsService sessions = (SessionsService) core.core().sessions();
            SessionId session = core.openSession();
            sessions.end(session);
            core.answerOf(core.ask(session, "let in just before"));
            assertThat(Laws.historyOf(core.chat(), session)).isNotEmpty();

            core.clock().advance(SessionsService.SECOND_LOOK);
            sessions.endExpired();

            assertThat(Laws.historyOf(core.chat(), session)).isEmpty();
            assertThat(sessions.counts().expired()).isZero();
        }
    }

    @Test
    void a_session_ends_also_while_its_documents_cannot_be_forgotten_and_they_are_later() throws Exception {
        try (CoreFixture core = CoreFixture.with(ScriptedAgent.saying("x"))) {
            SessionsService sessions = (SessionsService) core.core().sessions();
            Sessions.Opened opened = sessions.open();
            Scope own = Scope.of(opened.session().id());
            Uploads.handOver(core.documents(), own, "mine.txt", "Mine.");
            core.documents().goAway();

            sessions.end(opened.session().id());

            assertThat(sessions.authenticate(opened.token())).isEmpty();
            assertThat(core.events()).anyMatch(GatewayEvent.Trouble.class::isInstance);
            core.clock().advance(SessionsService.SECOND_LOOK);
            assertThatExceptionOfType(DocumentsUnavailable.class).isThrownBy(sessions::endExpired);

            core.documents().comeBack();
            assertThat(sessions.endExpired()).isFalse();
            assertThat(core.documents().jobs(own, 10)).isEmpty();
        }
    }
}
