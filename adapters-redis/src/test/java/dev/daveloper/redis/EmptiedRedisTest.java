package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.out.RunLog.Appended;
import dev.daveloper.application.chat.out.RunLog.Slice;
import dev.daveloper.application.chat.out.RunStore.Begun;
import dev.daveloper.application.chat.out.RunStore.Finished;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.application.chat.out.RunStore.Standing;
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
import dev.daveloper.domain.health.Status;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.SessionToken;
import dev.daveloper.redis.testkit.RedisProcess;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Redis that comes back without memory, or is emptied by somebody: owners put back what they make. */
@Timeout(120)
class EmptiedRedisTest {
    private static final Duration LEASE = Duration.ofSeconds(2);

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final RedisProcess server = RedisProcess.start();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final ScriptedAgent agent = ScriptedAgent.following(
            request -> Script.say("so ", "far ").thenWaitFor(gate).thenSay("and on"));
    private final Conversations conversations = new Conversations(InstantSource.system());

    /** The ways to lose everything. */
    enum Loss {
        RESTARTED,
        FLUSHED;

        void befall(RedisProcess server) {
            switch (this) {
                case RESTARTED -> server.restart();
                case FLUSHED -> server.command("FLUSHALL");
            }
        }
    }

    @AfterEach
    void closeServer() {
        gate.countDown();
        server.close();
    }

    private void lose(Loss loss, RedisAdapters... reconnecting) {
        loss.befall(server);
        for (RedisAdapters adapters : reconnecting) {
            await().atMost(CoreFixture.SOON)
                    .until(() -> adapters.probe().check().status() == Status.PASS);
        }
        TestAdapters.awaitHearing(server, reconnecting.length);
    }

    @ParameterizedTest
    @EnumSource
    void a_lost_run_is_put_back_by_its_owner_and_written_again_from_its_first_event(Loss loss) throws Exception {
        RedisAdapters adapters = opener.open(opener.at(server.url()));
        ChatStores stores = TestAdapters.chat(adapters);
        SessionId session = conversations.someSession();
        NewRun question = conversations.question("Why?").in(session);
        Lease lease = ((Begun.Started) stores.runs().begin(question)).lease();
        stores.log().append(lease, Conversations.deltas(lease, 1, "a", "b"));

        lose(loss, adapters);
        assertThat(stores.log().append(lease, Conversations.deltas(lease, 3, "c")))
                .isEqualTo(new Appended.Lost());
        assertThat(stores.runs().finish(lease, conversations.answer(question.run(), "abc")))
                .isEqualTo(Finished.LOST);
        assertThat(stores.runs().renew(List.of(lease), Conversations.LEASE)).isEqualTo(Map.of(lease, Standing.LOST));

        stores.runs().restore(question, lease.epoch());
        assertThat(stores.runs().renew(List.of(lease), Conversations.LEASE)).isEqualTo(Map.of(lease, Standing.OWNED));
        assertThat(stores.log().append(lease, Conversations.deltas(lease, 3, "c")))
                .isEqualTo(new Appended.Behind(0));
        var all = Conversations.deltas(lease, 1, "a", "b", "c");
        assertThat(stores.log().append(lease, all)).isEqualTo(new Appended.Written(false));
        assertThat(stores.log().read(question.run().ref(), Cursor.START, 9)).isEqualTo(new Slice.Held(all));
        assertThat(stores.runs().active(session)).contains(question.run());
        assertThat(stores.runs().finish(lease, conversations.answer(question.run(), "abc")))
                .isEqualTo(Finished.DONE);
        assertThat(stores.messages().recent(session, 9)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void sessions_are_gone_and_new_ones_work(Loss loss) throws Exception {
        RedisAdapters adapters = opener.open(opener.at(server.url()));
        Session session = conversations.newSession();
        SessionToken token = conversations.newToken();
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        adapters.sessionStore().create(session, token.hash(), tomorrow, Optional.empty());
        assertThat(adapters.sessionStore().find(token.hash())).contains(session);

        lose(loss, adapters);
        assertThat(adapters.sessionStore().find(token.hash())).isEmpty();
        assertThat(adapters.sessionStore().counts().live()).isZero();
        SessionToken other = conversations.newToken();
        Session opened = conversations.newSession();
        adapters.sessionStore().create(opened, other.hash(), tomorrow, Optional.empty());
        assertThat(adapters.sessionStore().find(other.hash())).contains(opened);
    }

    /** Three times, because it must not matter who is back first. */
    @RepeatedTest(3)
    void viewers_on_both_nodes_see_the_whole_answer_though_redis_restarted_without_memory() throws Exception {
        RedisAdapters storesOfA = opener.open(opener.at(server.url()));
        RedisAdapters storesOfB = opener.open(opener.at(server.url()));
        try (Node a = Node.over(storesOfA, agent, Node.leasing(LEASE));
                Node b = Node.over(storesOfB, agent, Node.leasing(LEASE))) {
            SessionId session = a.openSession();
            Run run = a.ask(session, "q");
            Watch here = a.watch(run, Cursor.START).awaitText("so far ");
            Watch there = b.watch(run, Cursor.START).awaitText("so far ");

            lose(Loss.RESTARTED, storesOfA, storesOfB);
            await().atMost(CoreFixture.SOON)
                    .until(() -> storesOfB.runStore().active(session).isPresent());
            gate.countDown();
            assertThat(here.ending().outcome()).isEqualTo(RunOutcome.COMPLETED);
            assertThat(there.ending()).isEqualTo(here.ending());
            assertThat(here.text()).isEqualTo(there.text()).isEqualTo("so far and on");
            Laws.lastTurnIs(b.chat(), run, here.ending());
        }
    }

    @Test
    void a_run_that_somebody_flushed_is_put_back_and_shown_again_to_whoever_asks_again() throws Exception {
        RedisAdapters storesOfA = opener.open(opener.at(server.url()));
        RedisAdapters storesOfB = opener.open(opener.at(server.url()));
        try (Node a = Node.over(storesOfA, agent, Node.leasing(LEASE));
                Node b = Node.over(storesOfB, agent, Node.leasing(LEASE))) {
            SessionId session = a.openSession();
            Run run = a.ask(session, "q");
            Watch here = a.watch(run, Cursor.START).awaitText("so far ");

            lose(Loss.FLUSHED, storesOfA, storesOfB);
            await().atMost(CoreFixture.SOON)
                    .until(() -> storesOfB.runStore().active(session).isPresent());
            Watch there = b.watch(run, Cursor.START);
            gate.countDown();
            assertThat(here.ending().outcome()).isEqualTo(RunOutcome.COMPLETED);
            assertThat(there.ending()).isEqualTo(here.ending());
            assertThat(here.text()).isEqualTo(there.text()).isEqualTo("so far and on");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nodes_hear_each_other_again(Loss loss) throws Exception {
        RedisAdapters storesOfA = opener.open(opener.at(server.url()));
        RedisAdapters storesOfB = opener.open(opener.at(server.url()));
        lose(loss, storesOfA, storesOfB);
        Duration never = Duration.ofMinutes(3);
        try (Node a = Node.over(storesOfA, agent, Node.leasing(never));
                Node b = Node.over(storesOfB, agent, Node.leasing(never))) {
            SessionId session = a.openSession();
            Run run = a.ask(session, "q");
            Watch watch = b.watch(run, Cursor.START).awaitText("so far ");
            b.chat().cancel(session, run.id());
            assertThat(watch.ending().outcome()).isEqualTo(RunOutcome.CANCELLED);
        }
    }
}
