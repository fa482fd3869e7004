package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.redis.RedisConfig.Timeouts;
import dev.daveloper.redis.testkit.RedisProcess;
import dev.daveloper.redis.testkit.Relay;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changes in Redis are heard of, or it is known that they are not. */
@Timeout(120)
class TrackingTest {
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofMillis(400), Duration.ofSeconds(1), Duration.ofMillis(200));

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final RedisProcess server = RedisProcess.start();
    private final Relay network = Relay.to(server.port());
    private final String tokens = opener.prefix() + ":token:";
    private Heard heard;

    @BeforeEach
    void open() {
        heard = Heard.by(opener.at(network.url()).with(TIMEOUTS));
        awaitArmed();
    }

    @AfterEach
    void close() {
        heard.close();
        network.close();
        server.close();
    }

    private void awaitArmed() {
        await().atMost(CoreFixture.SOON).until(heard::armed);
    }

    private void awaitDisarmedAndFlushed() {
        await().atMost(CoreFixture.SOON).until(() -> !heard.armed() && heard.flushes() > 0);
    }

    private void changesAreHeardOf(String name) {
        await().atMost(CoreFixture.SOON).until(() -> {
            server.command("SET", tokens + name, "1");
            return heard.keys().contains(tokens + name);
        });
    }

    @Test
    void every_change_is_heard_of_and_none_of_what_was_not_asked_for() {
        server.command("SET", opener.prefix() + ":other", "1");
        server.command("SET", tokens + "set", "1");
        server.command("DEL", tokens + "set");
        server.command("HSET", tokens + "hash", "field", "1");
        server.command("SET", tokens + "runs-out", "1", "PX", "2000");
        await().atMost(CoreFixture.SOON).until(() -> heard.keys().size() == 3);
        assertThat(heard.keys()).containsExactlyInAnyOrder(tokens + "set", tokens + "hash", tokens + "runs-out");
        heard.forget();
        await().atMost(CoreFixture.SOON).until(() -> heard.keys().contains(tokens + "runs-out"));
        assertThat(heard.flushes()).isZero();
    }

    @Test
    void a_server_that_is_emptied_makes_all_worthless_and_is_still_heard() {
        heard.forget();
        server.command("FLUSHALL");
        await().atMost(CoreFixture.SOON).until(() -> heard.flushes() == 1);
        assertThat(heard.armed()).isTrue();
        changesAreHeardOf("after");
    }

    @Test
    void a_connection_that_is_cut_makes_all_worthless_until_changes_are_heard_of_again() {
        for (int i = 0; i < 5; i++) {
            heard.forget();
            network.refuse(true);
            network.cut();
            awaitDisarmedAndFlushed();
            network.refuse(false);
            awaitArmed();
            changesAreHeardOf("after" + i);
        }
    }

    @Test
    void a_connection_for_commands_that_is_lost_makes_all_worthless_too() {
        heard.forget();
        server.command("CLIENT", "KILL", "TYPE", "pubsub");
        await().atMost(CoreFixture.SOON).until(() -> heard.flushes() > 0);
        awaitArmed();
        changesAreHeardOf("after");
    }

    @Test
    void a_network_that_is_silent_is_noticed() {
        heard.forget();
        network.stall(true);
        long start = System.nanoTime();
        awaitDisarmedAndFlushed();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        network.stall(false);
        awaitArmed();
        changesAreHeardOf("after");
    }

    @Test
    void a_frozen_server_is_noticed_and_heard_again_when_it_thaws() {
        heard.forget();
        server.freeze();
        awaitDisarmedAndFlushed();
        server.thaw();
        awaitArmed();
        changesAreHeardOf("after");
    }

    @Test
    void a_server_that_is_killed_and_comes_back_is_heard_again() {
        heard.forget();
        server.kill();
        awaitDisarmedAndFlushed();
        server.restart();
        awaitArmed();
        changesAreHeardOf("after");
    }

    @Test
    void a_server_that_became_a_copy_is_not_relied_on() {
        try (RedisProcess other = RedisProcess.start()) {
            heard.forget();
            server.command("REPLICAOF", "127.0.0.1", Integer.toString(other.port()));
            awaitDisarmedAndFlushed();
            await().during(Duration.ofSeconds(1)).atMost(CoreFixture.SOON).until(() -> !heard.armed());
            server.command("REPLICAOF", "NO", "ONE");
            awaitArmed();
            changesAreHeardOf("after");
        }
    }

    @Test
    void one_that_may_not_ask_for_changes_is_never_armed() {
        server.command("ACL", "SETUSER", "default", "-client", "+client|setname");
        heard.forget();
        network.cut();
        awaitDisarmedAndFlushed();
        await().during(Duration.ofSeconds(1)).atMost(CoreFixture.SOON).until(() -> !heard.armed());
        server.command("ACL", "SETUSER", "default", "+@all", "-role");
        awaitArmed();
    }

    @Test
    void after_its_end_there_is_neither_a_connection_nor_anything_held() {
        heard.forget();
        heard.close();
        assertThat(heard.armed()).isFalse();
        assertThat(heard.flushes()).isPositive();
        await().atMost(CoreFixture.SOON).until(() -> network.connections() == 0);
    }
}
