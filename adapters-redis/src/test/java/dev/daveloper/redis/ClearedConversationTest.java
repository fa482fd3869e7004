package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.out.RunLog.Appended;
import dev.daveloper.application.chat.out.RunStore.Begun;
import dev.daveloper.application.chat.out.RunStore.Finished;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.application.testkit.ChatStores;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.Laws;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is cleared stays cleared, though the node that makes the run learns of it late. */
@Timeout(120)
class ClearedConversationTest {
    private static final String SECRET = "marzipan";

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final Conversations conversations = new Conversations(InstantSource.system());

    @RepeatedTest(3)
    void a_conversation_cleared_on_one_node_while_the_other_answers_leaves_nothing() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedAgent agent = ScriptedAgent.following(
                request -> Script.say(SECRET).thenWaitFor(gate).thenSay(SECRET));
        try (Node a = Node.over(opener.open(opener.config()), agent, Node.leasing(Duration.ofMillis(900)));
                Node b = Node.over(opener.open(opener.config()), agent, Node.leasing(Duration.ofMillis(900)))) {
            SessionId session = a.openSession();
            Run run = a.ask(session, SECRET);
            Watch watch = a.watch(run, Cursor.START).awaitText(SECRET);

            b.chat().clear(session);
            assertThat(watch.ending().outcome()).isEqualTo(RunOutcome.CANCELLED);
            await().during(Duration.ofMillis(1_200)).atMost(CoreFixture.SOON).until(this::nothingIsLeft);
            assertThat(Laws.historyOf(a.chat(), session)).isEmpty();
            assertThat(a.chat().active(session)).isEmpty();
            assertThat(Laws.hasNoSuchRun(b.chat(), session, run.id())).isTrue();
            gate.countDown();
        }
    }

    /** But for the session itself, and the names of runs that nobody may put back. */
    private boolean nothingIsLeft() {
        return StoredData.contents(TestAdapters.server(), opener.prefix()).entrySet().stream()
                .noneMatch(entry -> entry.getValue().contains(SECRET)
                        || entry.getKey().matches(".*:(runs|order|messages|leases|unwanted|log:.*|followers:.*)"));
    }

    @Test
    void a_run_that_ended_just_before_it_was_cleared_is_not_put_back_by_its_owner() throws Exception {
        ChatStores stores = TestAdapters.chat(opener.open(opener.config()));
        SessionId session = conversations.someSession();
        NewRun question = conversations.question(SECRET).in(session);
        Lease lease = ((Begun.Started) stores.runs().begin(question)).lease();
        assertThat(stores.runs().finish(lease, conversations.answer(question.run(), SECRET)))
                .isEqualTo(Finished.DONE);
        stores.messages().clear(session);

        assertThat(stores.log().append(lease, Conversations.deltas(lease, 1, SECRET)))
                .isEqualTo(new Appended.Cleared());
        assertThat(stores.runs().finish(lease, conversations.answer(question.run(), SECRET)))
                .isEqualTo(Finished.CLEARED);
        stores.runs().restore(question, 1);
        assertThat(stores.messages().recent(session, 9)).isEqualTo(List.of());
        assertThat(stores.runs().active(session)).isEmpty();
    }

    @Test
    void a_cleared_session_can_be_used_again() throws Exception {
        ChatStores stores = TestAdapters.chat(opener.open(opener.config()));
        SessionId session = conversations.someSession();
        stores.runs().begin(conversations.question("before").in(session));
        stores.messages().clear(session);
        NewRun after = conversations.question("after").in(session);
        assertThat(stores.runs().begin(after)).isEqualTo(new Begun.Started(new Lease(after.run(), 1)));
        assertThat(stores.messages().recent(session, 9)).containsExactly(after.message());
    }
}
