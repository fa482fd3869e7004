package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.Laws;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.redis.RedisConfig.Timeouts;
import dev.daveloper.redis.testkit.Relay;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes over one Redis, of which one dies, is cut off, or both are. */
@Timeout(120)
class NodesThatFailTest {
    private static final Duration LEASE = Duration.ofMillis(1_500);
    private static final Duration LONGER_THAN_A_LEASE = LEASE.plusMillis(700);
    private static final Duration SOON_AFTER = Duration.ofSeconds(2);
    private static final CoreSettings SETTINGS = Node.leasing(LEASE);
    private static final Timeouts QUICK =
            new Timeouts(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofMillis(200));

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final CountDownLatch gate = new CountDownLatch(1);
    private final ScriptedAgent agent = ScriptedAgent.following(
            request -> Script.say("so ", "far ").thenWaitFor(gate).thenSay("and on"));
    private Relay networkOfA;
    private Relay networkOfB;
    private RedisAdapters storesOfA;
    private Node a;
    private Node b;

    @BeforeEach
    void openBoth() throws InterruptedException {
        networkOfA = Relay.to(TestAdapters.server().port());
        networkOfB = Relay.to(TestAdapters.server().port());
        storesOfA = opener.open(opener.at(networkOfA.url()).with(QUICK));
        a = Node.over(storesOfA, agent, SETTINGS);
        b = Node.over(opener.open(opener.at(networkOfB.url()).with(QUICK)), agent, SETTINGS);
    }

    @AfterEach
    void closeBoth() {
        gate.countDown();
        a.close();
        b.close();
        networkOfA.close();
        networkOfB.close();
    }

    private Run askedAndLogged(SessionId session) throws Exception {
        Run run = a.ask(session, "q");
        await().atMost(CoreFixture.SOON)
                .until(() -> storesOfA.runLog().read(run.ref(), new Cursor(1, 2), 9) instanceof RunLog.Slice.Held held
                        && !held.events().isEmpty());
        return run;
    }

    private static void cut(Relay network) {
        network.refuse(true);
        network.cut();
    }

    @Test
    void a_run_whose_node_died_is_closed_by_the_other_with_what_was_logged() throws Exception {
        SessionId session = a.openSession();
        Run run = askedAndLogged(session);
        Watch watch = b.watch(run, Cursor.START).awaitText("so far ");

        long died = System.nanoTime();
        storesOfA.close();
        AssistantMessage answer = watch.ending();
        assertThat(Duration.ofNanos(System.nanoTime() - died)).isLessThan(LEASE.plus(SOON_AFTER));
        assertThat(answer.outcome()).isEqualTo(RunOutcome.INTERRUPTED);
        assertThat(answer.text()).isEqualTo("so far ").isEqualTo(watch.text());
        Laws.lastTurnIs(b.chat(), run, answer);
        assertThat(b.chat().active(session)).isEmpty();
        assertThat(b.watch(run, Cursor.START).ending()).isEqualTo(answer);
    }

    @Test
    void a_node_that_is_cut_off_tells_its_viewer_who_gets_the_ending_that_the_other_wrote() throws Exception {
        Run run = askedAndLogged(a.openSession());
        Watch here = a.watch(run, Cursor.START).awaitText("so far ");
        Watch there = b.watch(run, Cursor.START).awaitText("so far ");

        cut(networkOfA);
        assertThat(there.ending().outcome()).isEqualTo(RunOutcome.INTERRUPTED);
        gate.countDown();
        await().atMost(CoreFixture.SOON).until(() -> here.notices() > 0);
        assertThat(here.hasEnded()).isFalse();

        networkOfA.refuse(false);
        assertThat(here.ending()).isEqualTo(there.ending());
        assertThat(there.text()).isEqualTo(there.ending().text());
        assertThat(here.text()).as("at most ahead of the log").startsWith(there.text());
        Laws.lastTurnIs(a.chat(), run, there.ending());
    }

    @Test
    void a_node_that_is_cut_off_for_less_than_a_lease_goes_on_as_if_nothing_had_been() throws Exception {
        Run run = askedAndLogged(a.openSession());
        Watch here = a.watch(run, Cursor.START).awaitText("so far ");
        Watch there = b.watch(run, Cursor.START).awaitText("so far ");

        networkOfA.cut();
        gate.countDown();
        assertThat(here.ending().outcome()).isEqualTo(RunOutcome.COMPLETED);
        assertThat(there.ending()).isEqualTo(here.ending());
        assertThat(there.text()).isEqualTo(here.text()).isEqualTo("so far and on");
        Laws.lastTurnIs(b.chat(), run, here.ending());
    }

    @RepeatedTest(2)
    void nobodys_run_is_taken_over_after_all_were_cut_off_for_longer_than_a_lease() throws Exception {
        Run run = askedAndLogged(a.openSession());
        Watch here = a.watch(run, Cursor.START).awaitText("so far ");
        Watch there = b.watch(run, Cursor.START).awaitText("so far ");

        cut(networkOfA);
        cut(networkOfB);
        await().during(LONGER_THAN_A_LEASE).atMost(CoreFixture.SOON).until(() -> !here.hasEnded() && !there.hasEnded());
        networkOfB.refuse(false);
        networkOfA.refuse(false);

        await().ignoreException(StoreUnavailable.class)
                .during(LONGER_THAN_A_LEASE)
                .atMost(CoreFixture.SOON)
                .until(() -> !here.hasEnded() && !there.hasEnded());
        gate.countDown();
        assertThat(here.ending().outcome()).isEqualTo(RunOutcome.COMPLETED);
        assertThat(there.ending()).isEqualTo(here.ending());
        assertThat(there.text()).isEqualTo("so far and on");
        assertThat(there.notices()).isPositive();
    }
}
