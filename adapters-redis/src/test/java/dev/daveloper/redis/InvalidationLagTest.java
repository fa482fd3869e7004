package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.redis.testkit.RedisProcess;
import dev.daveloper.redis.testkit.Relay;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node knows how late it hears of changes, and says so when it does not know. */
@Timeout(60)
class InvalidationLagTest {
    /** Generous: a machine that has other things to do is no finding. */
    private static final Duration LATE = Duration.ofSeconds(5);

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final RedisProcess server = RedisProcess.start();
    private final Relay network = Relay.to(server.port());

    @AfterEach
    void close() {
        network.close();
        server.close();
    }

    private static Optional<Duration> lag(RedisAdapters adapters) {
        return adapters.cache().usage().lag();
    }

    @Test
    void what_is_measured_is_the_time_until_a_change_is_heard_of() throws Exception {
        RedisAdapters adapters = opener.open(opener.at(network.url()));
        await().atMost(CoreFixture.SOON).until(adapters.tracking()::armed);
        assertThat(lag(adapters)).isEmpty();

        adapters.measureLag();

        await().atMost(CoreFixture.SOON).until(() -> lag(adapters).isPresent());
        assertThat(lag(adapters).orElseThrow()).isPositive().isLessThan(LATE);
    }

    @Test
    void nobody_knows_while_changes_are_not_heard_of() throws Exception {
        RedisAdapters adapters = opener.open(opener.at(network.url()));
        await().atMost(CoreFixture.SOON).until(adapters.tracking()::armed);
        adapters.measureLag();
        await().atMost(CoreFixture.SOON).until(() -> lag(adapters).isPresent());

        network.close();

        await().atMost(CoreFixture.SOON).until(() -> !adapters.tracking().armed());
        await().atMost(CoreFixture.SOON).until(() -> lag(adapters).isEmpty());
    }
}
