package dev.daveloper.redis;

import static org.awaitility.Awaitility.await;

import dev.daveloper.redis.RedisConfig.Timeouts;
import dev.daveloper.redis.testkit.RedisProcess;
import dev.daveloper.redis.testkit.RedisSentinels;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes are heard of from whichever server the sentinels call the master. */
@Timeout(120)
class TrackingUnderSentinelsTest {
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(500));
    private static final Duration HEALED_WITHIN = Duration.ofSeconds(30);

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final RedisSentinels servers = RedisSentinels.start();

    @AfterEach
    void closeServers() {
        servers.close();
    }

    private static void isHeard(RedisProcess master, String key, Heard heard) {
        master.command("SET", key, "1");
        await().atMost(HEALED_WITHIN).until(() -> heard.keys().contains(key));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_copy_that_takes_the_masters_place_is_heard_in_its_stead(boolean frozen) {
        String tokens = new Keys(opener.prefix()).tokens();
        try (Heard heard = Heard.by(opener.at(servers.url()).with(TIMEOUTS))) {
            await().atMost(HEALED_WITHIN).until(heard::armed);
            RedisProcess first = servers.master();
            isHeard(first, tokens + "before", heard);

            heard.forget();
            if (frozen) {
                first.freeze();
            } else {
                first.kill();
            }
            await().atMost(HEALED_WITHIN).until(() -> !heard.armed() && heard.flushes() > 0);
            RedisProcess second = servers.awaitMasterOtherThan(first.port());
            await().atMost(HEALED_WITHIN).until(heard::armed);
            isHeard(second, tokens + "after", heard);
            // The sentinels may still speak of the first for a moment.
            await().atMost(HEALED_WITHIN).until(heard::armed);
        }
    }
}
