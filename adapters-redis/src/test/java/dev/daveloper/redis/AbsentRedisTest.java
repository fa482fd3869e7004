package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.Racing;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.health.Status;
import dev.daveloper.redis.RedisConfig.Timeouts;
import dev.daveloper.redis.testkit.RedisProcess;
import dev.daveloper.redis.testkit.Relay;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Redis that is killed, frozen or cannot be reached: callers are told soon, and all heals by itself. */
@Timeout(120)
class AbsentRedisTest {
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofMillis(400), Duration.ofSeconds(1), Duration.ofMillis(200));
    /** For a machine that has other things to do. */
    private static final Duration TOLD_WITHIN = TIMEOUTS.command().plusSeconds(2);

    private static final int CALLS = 1_000;
    private static final int CALLERS = 200;

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final RedisProcess server = RedisProcess.start();
    private final Relay network = Relay.to(server.port());
    private final Conversations conversations = new Conversations(InstantSource.system());

    @AfterEach
    void closeServer() {
        network.close();
        server.close();
    }

    private RedisAdapters open() throws InterruptedException {
        return opener.open(opener.at(network.url()).with(TIMEOUTS));
    }

    /** Whether the store said that it is away, and soon. */
    private boolean refuses(RedisAdapters adapters) {
        long start = System.nanoTime();
        try {
            adapters.runStore().active(conversations.someSession());
            return false;
        } catch (StoreUnavailable e) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TOLD_WITHIN);
            return true;
        }
    }

    private void awaitHealed(RedisAdapters adapters) {
        await().atMost(CoreFixture.SOON).until(() -> adapters.probe().check().status() == Status.PASS);
        assertThat(refuses(adapters)).isFalse();
    }

    @Test
    void a_killed_server_is_told_of_at_once_however_many_ask_and_nothing_waits_for_it() throws Exception {
        RedisAdapters adapters = open();
        server.kill();
        await().atMost(CoreFixture.SOON).until(() -> refuses(adapters));
        assertThat(adapters.probe().check().status()).isEqualTo(Status.FAIL);

        long start = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            assertThat(refuses(adapters)).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));

        server.restart();
        awaitHealed(adapters);
        assertThat(Commands.calls(server))
                .as("what was refused was kept for nobody")
                .isLessThan(CALLS / 4);
    }

    @Test
    void a_frozen_server_is_told_of_within_the_timeout_to_all_who_ask_at_once() throws Exception {
        RedisAdapters adapters = open();
        server.freeze();
        assertThat(Racing.race(CALLERS, caller -> refuses(adapters))).containsOnly(true);
        assertThat(adapters.probe().check().status()).isEqualTo(Status.FAIL);
        server.thaw();
        awaitHealed(adapters);
    }

    @Test
    void a_network_that_stalls_is_told_of_within_the_timeout() throws Exception {
        RedisAdapters adapters = open();
        network.stall(true);
        assertThat(Racing.race(CALLERS, caller -> refuses(adapters))).containsOnly(true);
        network.stall(false);
        awaitHealed(adapters);
    }

    @Test
    void a_connection_that_was_cut_is_made_again_and_so_is_that_for_signals() throws Exception {
        RedisAdapters adapters = open();
        for (int i = 0; i < 5; i++) {
            network.cut();
            awaitHealed(adapters);
            TestAdapters.awaitHearing(server, 1);
        }
    }

    @Test
    void a_server_that_is_down_at_the_start_keeps_nobody_from_starting_and_is_found_later() throws Exception {
        server.kill();
        long start = System.nanoTime();
        RedisAdapters adapters = open();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isLessThan(TIMEOUTS.connect().plusSeconds(2));
        assertThat(adapters.probe().check().status()).isEqualTo(Status.FAIL);
        assertThat(refuses(adapters)).isTrue();
        server.restart();
        awaitHealed(adapters);
        TestAdapters.awaitHearing(server, 1);
    }

    @Test
    void a_server_that_is_frozen_at_the_start_is_found_when_it_thaws() throws Exception {
        server.freeze();
        RedisAdapters adapters = open();
        assertThat(refuses(adapters)).isTrue();
        server.thaw();
        awaitHealed(adapters);
    }

    @Test
    void a_closed_store_refuses_like_one_that_is_away() throws Exception {
        RedisAdapters adapters = open();
        adapters.close();
        adapters.close();
        assertThat(refuses(adapters)).isTrue();
        assertThat(adapters.probe().check().status()).isEqualTo(Status.FAIL);
        await().atMost(CoreFixture.SOON).until(() -> network.connections() == 0);
    }

    @Test
    void what_was_under_way_when_a_connection_broke_is_done_once_and_its_caller_is_told() throws Exception {
        RedisConfig config = opener.at(network.url()).with(TIMEOUTS);
        try (Redis redis = new Redis(config)) {
            redis.start(new Redis.Listening(new io.lettuce.core.pubsub.RedisPubSubAdapter<>() {}, List.of("none")));
            assertThat(redis.awaitConnected(CoreFixture.SOON)).isTrue();
            byte[] counter = Redis.bytes("counter");

            network.stallReplies(true);
            Redis.Call<Long> call = redis.send(commands -> commands.incr(counter));
            await().atMost(CoreFixture.SOON)
                    .until(() -> server.command("GET", "counter").equals("1"));
            network.cut();
            network.stallReplies(false);
            assertThat(Racing.race(1, i -> isRefused(call))).containsExactly(true);

            await().atMost(CoreFixture.SOON)
                    .ignoreException(StoreUnavailable.class)
                    .until(() -> redis.send(commands -> commands.incr(counter)).await() > 1);
            assertThat(server.command("GET", "counter")).isEqualTo("2");
        }
    }

    private static boolean isRefused(Redis.Call<Long> call) {
        try {
            call.await();
            return false;
        } catch (StoreUnavailable e) {
            return true;
        }
    }
}
