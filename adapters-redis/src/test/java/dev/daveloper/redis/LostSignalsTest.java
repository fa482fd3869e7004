package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.redis.testkit.RedisProcess;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes of which neither is heard by the other: everything goes on, later. */
@Timeout(120)
class LostSignalsTest {
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration RENEWAL_AND_SOME = LEASE.dividedBy(3).plusSeconds(4);
    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final RedisProcess server = RedisProcess.start();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final ScriptedAgent agent = ScriptedAgent.following(
            request -> Script.say("one ").thenWaitFor(gate).thenSay("two"));
    private Node a;
    private Node b;

    @BeforeEach
    void openBoth() throws InterruptedException {
        a = open(opener.open(opener.at(server.url())));
        b = open(opener.open(opener.at(server.url())));
    }

    private Node open(RedisAdapters stores) {
        return Node.over(stores, stores.neighbours(), agent, Node.leasing(LEASE));
    }

    @AfterEach
    void closeAll() {
        over.countDown();
        gate.countDown();
        a.close();
        b.close();
        server.close();
    }

    /** Ends every listening connection as soon as it is there. */
    private void deafenAll() {
        Thread.ofVirtual().start(() -> {
            while (over.getCount() > 0) {
                server.command("CLIENT", "KILL", "TYPE", "pubsub");
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        });
    }

    @Test
    void a_cancel_that_no_signal_brings_is_found_at_the_next_renewal() throws Exception {
        deafenAll();
        SessionId session = a.openSession();
        Run run = a.ask(session, "q");
        Watch watch = b.watch(run, Cursor.START).awaitText("one ");

        b.chat().cancel(session, run.id());
        assertThat(agent.streams().getFirst().awaitClosed(RENEWAL_AND_SOME)).isTrue();
        assertThat(watch.ending().outcome()).isEqualTo(RunOutcome.CANCELLED);
    }

    @Test
    void a_node_without_neighbours_learns_of_a_cancel_too() throws Exception {
        a.close();
        a = Node.over(opener.open(opener.at(server.url())), Neighbours.NONE, agent, Node.leasing(LEASE));
        SessionId session = a.openSession();
        Run run = a.ask(session, "q");
        Watch watch = a.watch(run, Cursor.START).awaitText("one ");

        b.chat().cancel(session, run.id());
        assertThat(agent.streams().getFirst().awaitClosed(RENEWAL_AND_SOME)).isTrue();
        assertThat(watch.ending().outcome()).isEqualTo(RunOutcome.CANCELLED);
    }

    @Test
    void a_follower_that_is_not_woken_looks_by_itself_and_sees_all_of_it_once() throws Exception {
        Run run = a.ask(a.openSession(), "q");
        Watch watch = b.watch(run, Cursor.START).awaitText("one ");
        deafenAll();
        gate.countDown();
        assertThat(watch.ending()).isEqualTo(a.answerOf(run));
        assertThat(watch.text()).isEqualTo("one two");
        assertThat(watch.notices()).as("nothing was away").isZero();
    }

    @Test
    void all_is_heard_again_as_soon_as_connections_last() throws Exception {
        deafenAll();
        SessionId session = a.openSession();
        Run run = a.ask(session, "q");
        b.watch(run, Cursor.START).awaitText("one ");
        over.countDown();
        TestAdapters.awaitHearing(server, 2);
        b.chat().cancel(session, run.id());
        assertThat(a.answerOf(run).outcome()).isEqualTo(RunOutcome.CANCELLED);
    }
}
