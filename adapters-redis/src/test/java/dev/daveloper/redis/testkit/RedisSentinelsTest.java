package dev.daveloper.redis.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RedisSentinelsTest {
    @Test
    void a_replica_takes_the_place_of_a_killed_master_and_the_master_comes_back_as_replica() {
        try (RedisSentinels redis = RedisSentinels.start()) {
            RedisProcess first = redis.master();
            assertThat(first).isSameAs(redis.servers().getFirst());
            first.command("SET", "k", "v");
            assertThat(first.command("WAIT", "1", "1000")).isEqualTo("1");

            first.kill();
            RedisProcess second = redis.awaitMasterOtherThan(first.port());
            assertThat(second).isSameAs(redis.servers().getLast());
            assertThat(second.command("GET", "k")).isEqualTo("v");

            first.restart();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> first.command("ROLE").startsWith("slave"));
            assertThat(redis.master()).isSameAs(second);
        }
    }

    @Test
    void a_frozen_master_is_replaced_too_and_neither_a_missing_sentinel_nor_a_password_hinders() {
        try (RedisSentinels redis = RedisSentinels.start(2, "requirepass secret")) {
            assertThat(redis.url()).matches("redis-sentinel://(127.0.0.1:\\d+,?){3}/0#main");
            redis.sentinels().getFirst().kill();
            RedisProcess first = redis.master();
            first.freeze();
            assertThat(redis.awaitMasterOtherThan(first.port())).isNotSameAs(first);
        }
    }
}
