package dev.daveloper.embedded.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daveloper.application.chat.out.RunStore.Finished;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.application.sessions.out.SessionStore.AddressQuota;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.sessions.AddressHash;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionEnd;
import dev.daveloper.domain.sessions.TokenHash;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.embedded.EmbeddedStores;
import dev.daveloper.embedded.TestStores;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Where the word of a step cannot be put down, the step is not done, and done again it tells once. */
@Timeout(60)
class ToldInOneStepTest {
    private static final String REFUSAL = "no room for the word of it";

    @TempDir
    Path directory;

    @RegisterExtension
    final TestStores opener = new TestStores();

    private final ManualClock clock = new ManualClock();
    private final Conversations conversations = new Conversations(clock);
    private final WebhookThings things = new WebhookThings(clock);
    private final WebhookEvent word = things.event("{}");
    private EmbeddedStores stores;

    @BeforeEach
    void open() {
        stores = opener.open(Optional.of(directory), clock);
    }

    @Test
    void a_run_whose_end_cannot_be_told_has_not_ended() throws Exception {
        NewRun question = conversations.question("Why?").in(conversations.someSession());
        stores.runStore().begin(question);
        Lease lease = new Lease(question.run(), 1);
        var answer = conversations.answer(question.run(), "Because.");
        refuse("webhook_events");

        assertRefused(() -> stores.runStore().finish(lease, answer, List.of(), Optional.of(word)));
        assertThat(stores.runStore().active(question.run().sessionId())).contains(question.run());
        assertThat(stores.messageStore().recent(question.run().sessionId(), 10)).containsExactly(question.message());
        assertThat(stores.runStore().finish(lease, answer, List.of(), Optional.empty()))
                .as("who tells nobody is not held up")
                .isEqualTo(Finished.DONE);
        assertNothingIsTold();
    }

    @Test
    void once_it_can_be_told_the_same_end_is_done_and_told_once() throws Exception {
        NewRun question = conversations.question("Why?").in(conversations.someSession());
        stores.runStore().begin(question);
        Lease lease = new Lease(question.run(), 1);
        var answer = conversations.answer(question.run(), "Because.");
        refuse("webhook_events");
        assertRefused(() -> stores.runStore().finish(lease, answer, List.of(), Optional.of(word)));
        permit("webhook_events");

        assertThat(stores.runStore().finish(lease, answer, List.of(), Optional.of(word)))
                .isEqualTo(Finished.DONE);
        assertThat(stores.runStore().finish(lease, answer, List.of(), Optional.of(word)))
                .isEqualTo(Finished.REFUSED);
        assertThat(stores.outbox().waiting(WebhookThings.MANY)).containsExactly(word);
        assertThat(stores.messageStore().recent(question.run().sessionId(), 10))
                .containsExactly(question.message(), answer);
    }

    @Test
    void an_answer_that_cannot_be_kept_is_not_told_of() throws Exception {
        NewRun question = conversations.question("Why?").in(conversations.someSession());
        stores.runStore().begin(question);
        refuse("messages");

        assertRefused(() -> stores.runStore()
                .finish(
                        new Lease(question.run(), 1),
                        conversations.answer(question.run(), "Because."),
                        List.of(),
                        Optional.of(word)));
        assertThat(stores.runStore().active(question.run().sessionId())).contains(question.run());
        assertNothingIsTold();
    }

    @Test
    void a_session_whose_opening_cannot_be_told_is_not_there_and_takes_no_place() throws Exception {
        Session session = conversations.newSession();
        TokenHash token = conversations.newToken().hash();
        ClientAddress address = ClientAddress.of(InetAddress.getLoopbackAddress());
        Optional<AddressQuota> one =
                Optional.of(new AddressQuota(AddressHash.of(address, new byte[AddressHash.MIN_SECRET_BYTES]), 1));
        refuse("webhook_events");

        assertRefused(() -> stores.sessionStore().create(session, token, clock.instant(), one, Optional.of(word)));
        assertThat(stores.sessionStore().find(token)).isEmpty();
        assertThat(stores.sessionStore().counts().opened()).isZero();
        permit("webhook_events");

        assertThat(stores.sessionStore().create(session, token, clock.instant(), one, Optional.of(word)))
                .as("the only place of its address is free")
                .isTrue();
        assertThat(stores.outbox().waiting(WebhookThings.MANY)).containsExactly(word);
    }

    @Test
    void a_session_whose_end_cannot_be_told_lives_on() throws Exception {
        Session session = conversations.newSession();
        TokenHash token = conversations.newToken().hash();
        stores.sessionStore().create(session, token, clock.instant(), Optional.empty());
        refuse("webhook_events");

        assertRefused(
                () -> stores.sessionStore().end(session.id(), SessionEnd.ENDED, clock.instant(), Optional.of(word)));
        assertThat(stores.sessionStore().find(token)).contains(session);
        assertThat(stores.sessionStore().counts().ended()).isZero();
        permit("webhook_events");

        assertThat(stores.sessionStore().end(session.id(), SessionEnd.ENDED, clock.instant(), Optional.of(word)))
                .isTrue();
        assertThat(stores.sessionStore().find(token)).isEmpty();
        assertThat(stores.outbox().waiting(WebhookThings.MANY)).containsExactly(word);
    }

    @Test
    void an_event_that_cannot_be_handed_to_all_of_its_endpoints_is_handed_to_none_and_stays() throws Exception {
        Set<EndpointId> both =
                Set.of(things.endpoint("a").id(), things.endpoint("b").id());
        stores.outbox().put(word);
        meddle("CREATE TRIGGER refuse BEFORE INSERT ON webhook_deliveries"
                + " WHEN (SELECT count(*) FROM webhook_deliveries) = 1"
                + " BEGIN SELECT RAISE(ABORT, '" + REFUSAL + "'); END");

        assertRefused(() -> {
            stores.outbox().distribute(word, both, clock.instant(), WebhookThings.MANY);
            return both;
        });
        assertThat(stores.outbox().waiting(WebhookThings.MANY)).containsExactly(word);
        assertThat(stores.deliveryQueue().due(clock.instant()).now()).isEmpty();
        meddle("DROP TRIGGER refuse");

        stores.outbox().distribute(word, both, clock.instant(), WebhookThings.MANY);
        assertThat(stores.outbox().waiting(WebhookThings.MANY)).isEmpty();
        assertThat(stores.deliveryQueue().due(clock.instant()).now()).isEqualTo(both);
    }

    private interface Step {
        Object take();
    }

    private static void assertRefused(Step step) {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(step::take)
                .havingCause()
                .isInstanceOf(SQLException.class)
                .withMessageContaining(REFUSAL);
    }

    private void assertNothingIsTold() {
        assertThat(stores.outbox().waiting(WebhookThings.MANY)).isEmpty();
    }

    private void refuse(String table) throws SQLException {
        meddle("CREATE TRIGGER refuse_" + table + " BEFORE INSERT ON " + table + " BEGIN SELECT RAISE(ABORT, '"
                + REFUSAL + "'); END");
    }

    private void permit(String table) throws SQLException {
        meddle("DROP TRIGGER refuse_" + table);
    }

    private void meddle(String sql) throws SQLException {
        new DatabaseBeside(directory).update(sql);
    }
}
