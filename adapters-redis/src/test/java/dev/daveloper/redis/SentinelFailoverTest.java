package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.out.RunStore.Begun;
import dev.daveloper.application.chat.out.RunStore.Finished;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.application.testkit.ChatStores;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.health.Status;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.redis.RedisConfig.Durability;
import dev.daveloper.redis.RedisConfig.Timeouts;
import dev.daveloper.redis.testkit.RedisProcess;
import dev.daveloper.redis.testkit.RedisSentinels;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A master that dies while runs are written, and the copy that takes its place. */
@Timeout(180)
class SentinelFailoverTest {
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(500));
    private static final Duration HEALED_WITHIN = Duration.ofSeconds(30);
    private static final int RUNS = 8;

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final Conversations conversations = new Conversations(InstantSource.system());
    private final RedisSentinels servers = RedisSentinels.start();

    /** How a master goes. */
    enum End {
        KILLED,
        FROZEN;

        void befall(RedisProcess master) {
            switch (this) {
                case KILLED -> master.kill();
                case FROZEN -> master.freeze();
            }
        }
    }

    @AfterEach
    void closeServers() {
        servers.close();
    }

    private RedisAdapters open() throws InterruptedException {
        return opener.open(opener.at(servers.url()).with(TIMEOUTS));
    }

    @ParameterizedTest
    @EnumSource
    void runs_go_on_without_a_gap_when_a_copy_takes_the_masters_place(End end) throws Exception {
        ChatStores writer = TestAdapters.chat(open());
        RedisAdapters storesOfReader = open();
        List<Scribbling> runs = Stream.generate(() -> Scribbling.in(conversations.someSession(), writer))
                .limit(RUNS)
                .toList();
        await().until(() -> runs.stream().allMatch(run -> run.written() > 20));

        RedisProcess first = servers.master();
        end.befall(first);
        servers.awaitMasterOtherThan(first.port());
        List<Long> sofar = runs.stream().map(Scribbling::written).toList();
        await().atMost(HEALED_WITHIN).until(() -> {
            for (int i = 0; i < RUNS; i++) {
                if (!runs.get(i).hasFailed() && runs.get(i).written() < sofar.get(i) + 50) {
                    return false;
                }
            }
            return storesOfReader.probe().check().status() == Status.PASS;
        });
        for (Scribbling run : runs) {
            assertThat(run.stopAndCheck(TestAdapters.chat(storesOfReader))).isGreaterThan(50);
        }
    }

    @Test
    void viewers_on_both_nodes_see_one_whole_answer_across_a_failover() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedAgent agent = ScriptedAgent.following(
                request -> Script.say("so ", "far ").thenWaitFor(gate).thenSay("and on"));
        try (Node a = Node.over(open(), agent, Node.leasing(Duration.ofSeconds(10)));
                Node b = Node.over(open(), agent, Node.leasing(Duration.ofSeconds(10)))) {
            SessionId session = a.openSession();
            Run run = a.ask(session, "q");
            Watch here = a.watch(run, Cursor.START).awaitText("so far ");
            Watch there = b.watch(run, Cursor.START).awaitText("so far ");

            RedisProcess first = servers.master();
            first.kill();
            servers.awaitMasterOtherThan(first.port());
            gate.countDown();
            assertThat(here.ending().outcome()).isEqualTo(RunOutcome.COMPLETED);
            assertThat(there.ending()).isEqualTo(here.ending());
            assertThat(there.text()).isEqualTo(here.text()).isEqualTo("so far and on");
        }
    }

    @Test
    void what_waited_for_a_copy_is_there_after_the_failover_and_without_a_copy_nothing_counts() throws Exception {
        RedisAdapters durable =
                opener.open(opener.at(servers.url()).with(TIMEOUTS).with(new Durability(1, Duration.ofMillis(700))));
        ChatStores stores = TestAdapters.chat(durable);
        SessionId session = conversations.someSession();
        NewRun first = conversations.question("one").in(session);
        assertThat(stores.runs().begin(first)).isInstanceOf(Begun.Started.class);
        var answer = conversations.answer(first.run(), "answer");
        assertThat(stores.runs().finish(new Lease(first.run(), 1), answer)).isEqualTo(Finished.DONE);
        NewRun second = conversations.question("two").in(session);
        assertThat(stores.runs().begin(second)).isInstanceOf(Begun.Started.class);

        RedisProcess replica = servers.servers().getLast();
        replica.freeze();
        NewRun unanswered = conversations.question("three").in(conversations.someSession());
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> stores.runs().begin(unanswered));
        assertThat(stores.runs().active(session)).as("others go on").contains(second.run());
        replica.thaw();
        await().atMost(HEALED_WITHIN)
                .until(() -> replica.command("INFO", "replication").contains("master_link_status:up"));

        RedisProcess master = servers.master();
        master.kill();
        servers.awaitMasterOtherThan(master.port());
        await().atMost(HEALED_WITHIN).until(() -> durable.probe().check().status() == Status.PASS);
        assertThat(stores.messages().recent(session, 9)).containsExactly(first.message(), answer, second.message());
        assertThat(stores.runs().active(session)).contains(second.run());
    }
}
