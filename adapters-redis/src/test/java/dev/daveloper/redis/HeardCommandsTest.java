package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.health.Status;
import dev.daveloper.redis.RedisConfig.Timeouts;
import dev.daveloper.redis.testkit.RedisProcess;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Of every command it is told when it begins and what became of it, and of connections whether they stand. */
@Timeout(120)
class HeardCommandsTest {
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofMillis(400), Duration.ofSeconds(1), Duration.ofMillis(200));

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final RedisProcess server = RedisProcess.start();
    private final Conversations conversations = new Conversations(InstantSource.system());
    private final Tally tally = new Tally();

    @AfterEach
    void closeServer() {
        server.close();
    }

    /** How often each was told. */
    private static final class Tally implements CommandListener {
        private final Map<String, Integer> ended = new ConcurrentHashMap<>();
        private final AtomicInteger underWay = new AtomicInteger();

        @Override
        public void began() {
            underWay.incrementAndGet();
        }

        @Override
        public void ended(String command, Result result, long nanos) {
            ended.merge(command + " " + result, 1, Integer::sum);
            underWay.decrementAndGet();
        }
    }

    private RedisAdapters open() throws InterruptedException {
        RedisAdapters adapters = opener.open(opener.at(server.url()).with(TIMEOUTS));
        adapters.hear(tally);
        return adapters;
    }

    private void refused(RedisAdapters adapters) {
        try {
            adapters.runStore().active(conversations.someSession());
        } catch (StoreUnavailable e) {
            return;
        }
        throw new AssertionError("not refused");
    }

    @Test
    void scripts_are_told_by_their_names_and_commands_by_theirs() throws Exception {
        RedisAdapters adapters = open();
        adapters.runStore().active(conversations.someSession());
        adapters.policyStore().changes();

        await().untilAsserted(() -> {
            assertThat(tally.ended).containsKey("chat/active OK");
            assertThat(tally.underWay).hasValue(0);
        });
        assertThat(tally.ended.keySet()).allMatch(key -> key.matches("([A-Z]+|([a-z]+/)?[a-z-]+) OK"));
        assertThat(tally.ended.keySet()).anyMatch(key -> key.matches("[A-Z]+ OK"));
        assertThat(adapters.stats()).isEqualTo(new RedisStats(true, true, true));
    }

    @Test
    void a_server_that_is_silent_or_gone_is_told_as_such_and_connections_that_broke_do_not_stand() throws Exception {
        RedisAdapters adapters = open();
        server.freeze();
        refused(adapters);
        await().untilAsserted(() -> assertThat(tally.ended).containsKey("chat/active TIMEOUT"));
        server.thaw();
        await().atMost(CoreFixture.SOON).until(() -> adapters.probe().check().status() == Status.PASS);

        server.kill();
        await().atMost(CoreFixture.SOON)
                .untilAsserted(() -> assertThat(adapters.stats()).isEqualTo(RedisStats.NONE));
        refused(adapters);
        await().untilAsserted(() -> {
            assertThat(tally.ended).containsKey("chat/active AWAY");
            assertThat(tally.underWay).hasValue(0);
        });
    }

    @Test
    void a_cluster_that_can_be_reached_stands_too() throws Exception {
        RedisAdapters adapters = opener.open(opener.clustered());
        assertThat(adapters.probe().check().status()).isEqualTo(Status.PASS);
        assertThat(adapters.stats()).isEqualTo(new RedisStats(true, true, true));
    }
}
