package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.redis.RedisConfig.Timeouts;
import dev.daveloper.redis.testkit.RedisCluster;
import dev.daveloper.redis.testkit.RedisProcess;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changes are heard of from every master of a cluster, also of one that was a copy before. */
@Timeout(180)
class TrackingInAClusterTest {
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(500));
    private static final Duration HEALED_WITHIN = Duration.ofSeconds(40);
    private static final int KEYS = 200;
    private static final RedisCluster CLUSTER = RedisCluster.withReplicas();

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final Conversations conversations = new Conversations(InstantSource.system());

    @AfterAll
    static void closeCluster() {
        CLUSTER.close();
    }

    private List<String> someTokens() {
        Keys keys = new Keys(opener.prefix());
        return Stream.generate(() -> keys.token(conversations.newToken().hash()))
                .limit(KEYS)
                .toList();
    }

    private static void allAreHeardOf(List<String> keys, Heard heard) {
        keys.forEach(key -> CLUSTER.masterOf(CLUSTER.slotOf(key)).command("SET", key, "1"));
        await().atMost(HEALED_WITHIN).until(() -> heard.keys().containsAll(keys));
    }

    @Test
    void every_master_is_heard_and_the_loss_of_one_makes_all_worthless_until_its_copy_is_heard() {
        try (Heard heard = Heard.by(opener.at(CLUSTER.url()).with(TIMEOUTS))) {
            await().atMost(HEALED_WITHIN).until(heard::armed);
            allAreHeardOf(someTokens(), heard);

            String one = someTokens().getFirst();
            RedisProcess dead = CLUSTER.masterOf(CLUSTER.slotOf(one));
            heard.forget();
            dead.kill();
            await().atMost(HEALED_WITHIN).until(() -> !heard.armed() && heard.flushes() > 0);
            CLUSTER.awaitMasterOtherThan(dead.port(), CLUSTER.slotOf(one));
            await().atMost(HEALED_WITHIN).until(heard::armed);
            allAreHeardOf(someTokens(), heard);
        }
    }

    @Test
    void a_master_that_changes_places_with_its_copy_is_left_for_it() {
        try (Heard heard = Heard.by(opener.at(CLUSTER.url()).with(TIMEOUTS))) {
            await().atMost(HEALED_WITHIN).until(heard::armed);
            RedisProcess copy = CLUSTER.nodes().stream()
                    .filter(TrackingInAClusterTest::isCopyOfOneThatLives)
                    .findFirst()
                    .orElseThrow();
            heard.forget();
            copy.command("CLUSTER", "FAILOVER");
            await().atMost(HEALED_WITHIN).until(() -> heard.flushes() > 0);
            await().atMost(HEALED_WITHIN).until(() -> heard.armed() && !isCopyOfOneThatLives(copy));
            allAreHeardOf(someTokens(), heard);
            assertThat(heard.armed()).isTrue();
        }
    }

    private static boolean isCopyOfOneThatLives(RedisProcess node) {
        try {
            return node.command("INFO", "replication").contains("master_link_status:up");
        } catch (UncheckedIOException dead) {
            return false;
        }
    }
}
