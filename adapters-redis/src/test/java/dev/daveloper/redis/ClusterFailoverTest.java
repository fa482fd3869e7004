package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.ChatStores;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.health.Status;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.redis.RedisConfig.Timeouts;
import dev.daveloper.redis.testkit.RedisCluster;
import dev.daveloper.redis.testkit.RedisProcess;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cluster of which one master dies while runs are written in all shards. */
@Timeout(180)
class ClusterFailoverTest {
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(500));
    /** For a machine that has other things to do. */
    private static final Duration UNDISTURBED = TIMEOUTS.command().plusSeconds(2);

    private static final Duration HEALED_WITHIN = Duration.ofSeconds(40);
    private static final RedisCluster CLUSTER = RedisCluster.withReplicas("cluster-require-full-coverage no");

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final Conversations conversations = new Conversations(InstantSource.system());

    @AfterAll
    static void closeCluster() {
        CLUSTER.close();
    }

    /** One of each shard, in the order of the shards. */
    private List<SessionId> sessionOfEachShard() {
        SessionId[] found = new SessionId[Keys.SHARDS];
        BitSet missing = new BitSet();
        missing.set(0, Keys.SHARDS);
        while (!missing.isEmpty()) {
            SessionId session = conversations.someSession();
            found[Keys.shardOf(session)] = session;
            missing.clear(Keys.shardOf(session));
        }
        return List.of(found);
    }

    private RedisProcess masterOf(SessionId session) {
        return CLUSTER.masterOf(CLUSTER.slotOf(new Keys(opener.prefix()).runs(session)));
    }

    @Test
    void the_runs_of_a_dead_master_go_on_on_its_copy_and_the_others_are_not_held_up() throws Exception {
        RedisAdapters writer = opener.open(opener.at(CLUSTER.url()).with(TIMEOUTS));
        RedisAdapters reader = opener.open(opener.at(CLUSTER.url()).with(TIMEOUTS));
        ChatStores stores = TestAdapters.chat(writer);
        List<SessionId> sessions = sessionOfEachShard();
        List<Scribbling> runs = new ArrayList<>();
        sessions.forEach(session -> runs.add(Scribbling.in(session, stores)));
        await().atMost(HEALED_WITHIN).until(() -> runs.stream().allMatch(run -> run.written() > 20));

        RedisProcess dead = masterOf(sessions.getFirst());
        List<Scribbling> others =
                runs.stream().filter(run -> masterOf(run.session()) != dead).toList();
        assertThat(others).hasSizeBetween(1, Keys.SHARDS - 1);
        int slot = CLUSTER.slotOf(new Keys(opener.prefix()).runs(sessions.getFirst()));
        dead.kill();
        CLUSTER.awaitMasterOtherThan(dead.port(), slot);
        List<Long> sofar = runs.stream().map(Scribbling::written).toList();
        await().atMost(HEALED_WITHIN).until(() -> {
            for (int i = 0; i < runs.size(); i++) {
                if (!runs.get(i).hasFailed() && runs.get(i).written() < sofar.get(i) + 20) {
                    return false;
                }
            }
            return true;
        });

        for (Scribbling run : others) {
            assertThat(run.longestWait()).as("held up").isLessThan(UNDISTURBED);
        }
        // It had asked for nothing yet, and looks for who is who every ten seconds.
        await().atMost(HEALED_WITHIN).ignoreException(StoreUnavailable.class).until(() -> {
            sessions.forEach(TestAdapters.chat(reader).runs()::active);
            return true;
        });
        for (Scribbling run : runs) {
            assertThat(run.stopAndCheck(TestAdapters.chat(reader))).isGreaterThan(20);
        }
        everyShardWorks(writer, sessions);
        everyShardWorks(reader, sessions);
    }

    private void everyShardWorks(RedisAdapters adapters, List<SessionId> sessions) throws Exception {
        ChatStores stores = TestAdapters.chat(adapters);
        for (SessionId session : sessions) {
            var question = conversations.question("again").in(session);
            stores.runs().begin(question);
            stores.runs().finish(new Lease(question.run(), 1), conversations.answer(question.run(), "yes"));
            assertThat(stores.messages().recent(session, 2).stream().map(Message::text))
                    .containsExactly("again", "yes");
        }
        sessions.forEach(stores.messages()::clear);
        assertThat(adapters.sessionStore().counts().live()).isZero();
        assertThat(adapters.probe().check().status()).isEqualTo(Status.PASS);
    }
}
