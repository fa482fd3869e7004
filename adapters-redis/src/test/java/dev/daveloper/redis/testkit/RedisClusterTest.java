package dev.daveloper.redis.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RedisClusterTest {
    @Test
    void three_masters_share_the_slots_and_point_to_each_other() {
        try (RedisCluster redis = RedisCluster.ofMasters()) {
            assertThat(redis.url()).matches("redis-cluster://(127.0.0.1:\\d+,?){3}");
            assertThat(redis.nodes()).hasSize(3);
            assertThat(redis.masterOf(0)).isSameAs(redis.nodes().getFirst());
            assertThat(redis.masterOf(RedisCluster.SLOTS - 1))
                    .isSameAs(redis.nodes().getLast());

            int slot = redis.slotOf("{run}:log");
            assertThat(redis.slotOf("run")).isEqualTo(slot);
            RedisProcess master = redis.masterOf(slot);
            assertThat(master.command("SET", "{run}:log", "v")).isEqualTo("OK");
            for (RedisProcess other : redis.nodes()) {
                if (other != master) {
                    assertThatIllegalStateException()
                            .isThrownBy(() -> other.command("GET", "{run}:log"))
                            .withMessage("MOVED " + slot + " " + master.address());
                }
            }
        }
    }

    @Test
    void a_replica_takes_the_slots_of_a_killed_master_and_the_master_comes_back_as_replica() {
        try (RedisCluster redis = RedisCluster.withReplicas("requirepass secret")) {
            assertThat(redis.nodes()).hasSize(6);
            int slot = redis.slotOf("k");
            RedisProcess first = redis.masterOf(slot);
            first.command("SET", "k", "v");
            assertThat(first.command("WAIT", "1", "1000")).isEqualTo("1");

            first.kill();
            RedisProcess second = redis.awaitMasterOtherThan(first.port(), slot);
            assertThat(second.command("GET", "k")).isEqualTo("v");

            first.restart();
            Eventually.holds(
                    "the first is a replica",
                    redis.nodes().stream(),
                    () -> first.command("ROLE").startsWith("slave"));
            assertThat(redis.masterOf(slot)).isSameAs(second);
        }
    }
}
