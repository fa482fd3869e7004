package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.health.out.HealthProbe.Finding;
import dev.daveloper.application.health.out.HealthProbe.Part;
import dev.daveloper.domain.health.ErrorClass;
import dev.daveloper.domain.health.Status;
import dev.daveloper.redis.RedisConfig.Timeouts;
import dev.daveloper.redis.testkit.RedisCluster;
import dev.daveloper.redis.testkit.RedisProcess;
import dev.daveloper.redis.testkit.RedisSentinels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each server of Redis is told of by itself, under a number that it keeps. */
@Timeout(180)
class RedisProbeTest {
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(500));
    private static final Duration SOON = Duration.ofSeconds(40);

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private HealthProbe probe(String url) throws InterruptedException {
        return opener.open(opener.at(url).with(TIMEOUTS)).probe();
    }

    private static void awaitFinding(HealthProbe probe, Predicate<Finding> wanted) {
        await().atMost(SOON).until(probe::check, wanted);
    }

    private static Optional<ErrorClass> errorOf(Finding finding, RedisProcess server) {
        return finding.parts().stream()
                .filter(part -> part.address().endsWith(":" + server.port()))
                .findFirst()
                .flatMap(part -> part.finding().error());
    }

    private static Predicate<Finding> allWell(int servers) {
        return finding -> finding.status() == Status.PASS
                && finding.parts().size() == servers
                && finding.parts().stream().allMatch(part -> part.finding().status() == Status.PASS);
    }

    private static Map<String, String> names(List<Part> parts) {
        return parts.stream().collect(Collectors.toMap(Part::address, Part::name));
    }

    @Test
    void a_single_server_that_is_frozen_or_gone_is_told_of() throws Exception {
        try (RedisProcess server = RedisProcess.start()) {
            HealthProbe probe = probe(server.url());
            awaitFinding(probe, allWell(1));
            assertThat(probe.vital()).isTrue();
            assertThat(probe.check().parts().getFirst().name()).isEqualTo("node-1");
            assertThat(probe.check().parts().getFirst().address()).isEqualTo(server.address());

            server.freeze();
            Finding frozen = probe.check();
            assertThat(frozen.status()).isEqualTo(Status.FAIL);
            assertThat(frozen.error()).contains(ErrorClass.TIMEOUT);
            assertThat(frozen.parts().getFirst().finding().error()).contains(ErrorClass.TIMEOUT);
            server.thaw();
            awaitFinding(probe, allWell(1));

            server.kill();
            awaitFinding(probe, finding -> errorOf(finding, server).equals(Optional.of(ErrorClass.REFUSED)));
            server.restart();
            awaitFinding(probe, allWell(1));
        }
    }

    @Test
    void one_server_of_a_cluster_that_is_frozen_is_told_of_and_the_others_are_well() throws Exception {
        try (RedisCluster cluster = RedisCluster.withReplicas()) {
            HealthProbe probe = probe(cluster.url());
            awaitFinding(probe, allWell(6));
            Map<String, String> before = names(probe.check().parts());
            assertThat(before.values())
                    .containsExactlyInAnyOrder("node-1", "node-2", "node-3", "node-4", "node-5", "node-6");

            RedisProcess copy = cluster.nodes().getLast();
            copy.freeze();
            Finding finding = probe.check();
            assertThat(finding.status()).isEqualTo(Status.PASS);
            assertThat(errorOf(finding, copy)).contains(ErrorClass.TIMEOUT);
            assertThat(finding.parts().stream().filter(part -> part.finding().status() == Status.PASS))
                    .hasSize(5);
            copy.thaw();
            awaitFinding(probe, allWell(6));
            assertThat(names(probe.check().parts())).isEqualTo(before);
        }
    }

    @Test
    void the_master_and_the_copies_that_sentinels_know_are_told_of() throws Exception {
        try (RedisSentinels sentinels = RedisSentinels.start()) {
            HealthProbe probe = probe(sentinels.url());
            awaitFinding(probe, allWell(2));
            RedisProcess copy = sentinels.servers().stream()
                    .filter(server -> server.port() != sentinels.master().port())
                    .findFirst()
                    .orElseThrow();
            copy.kill();
            awaitFinding(
                    probe,
                    finding -> finding.status() == Status.PASS
                            && errorOf(finding, copy).equals(Optional.of(ErrorClass.REFUSED)));
            copy.restart();
            awaitFinding(probe, allWell(2));

            // Frozen sentinels answer nobody; the servers are asked all the same.
            sentinels.sentinels().forEach(RedisProcess::freeze);
            assertThat(probe.check().parts()).hasSize(2);
            sentinels.sentinels().forEach(RedisProcess::thaw);
        }
    }

    @Test
    void a_server_that_wants_another_password_is_told_of_as_that() throws Exception {
        try (RedisProcess server = RedisProcess.start("requirepass right")) {
            HealthProbe probe = probe("redis://:wrong@" + server.address());
            awaitFinding(probe, finding -> errorOf(finding, server).equals(Optional.of(ErrorClass.UNAUTHENTICATED)));
            assertThat(probe.check().status()).isEqualTo(Status.FAIL);
        }
    }
}
