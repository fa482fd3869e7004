package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.domain.health.Status;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.PutOff;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.redis.RedisConfig.Durability;
import dev.daveloper.redis.RedisConfig.Timeouts;
import dev.daveloper.redis.testkit.RedisCluster;
import dev.daveloper.redis.testkit.RedisProcess;
import dev.daveloper.redis.testkit.RedisSentinels;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A master that dies while webhooks are told: what was answered for arrives, and all goes on by itself. */
@Timeout(240)
class WebhooksAcrossAFailoverTest {
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(500));
    private static final Durability ONE_COPY = new Durability(1, Duration.ofMillis(400));

    /** What a node had claimed when the master died is another's when the lease has run out, after 31 s. */
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(90);

    private static final Duration HEALED_WITHIN = Duration.ofSeconds(40);
    private static final int SOME = 100;

    /** Those whose shard has lost its copy with its master wait in vain each time. */
    private static final int ANNOUNCERS = 4;

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final TellingNode.Receiver receiver = new TellingNode.Receiver();

    private RedisAdapters open(String url) throws InterruptedException {
        return opener.open(opener.at(url).with(TIMEOUTS).with(ONE_COPY).with(WebhookThings.KEYS));
    }

    /** One of two nodes puts down event after event; both tell of them. */
    private void tellAcross(String url, Failover failover) throws Exception {
        RedisAdapters a = open(url);
        RedisAdapters b = open(url);
        try (TellingNode here = TellingNode.over(a, receiver);
                TellingNode there = TellingNode.over(b, receiver)) {
            EndpointId endpoint = here.addEndpoint();
            await().atMost(HEALED_WITHIN).until(() -> there.endpoints() == 1);
            List<Announcing> announcing =
                    Stream.generate(() -> Announcing.by(a)).limit(ANNOUNCERS).toList();
            await().atMost(HEALED_WITHIN).until(() -> receiver.events().size() >= SOME);

            failover.befall(endpoint);
            int sofar = acknowledged(announcing);
            await().atMost(HEALED_WITHIN).until(() -> acknowledged(announcing) >= sofar + SOME);
            Set<String> acknowledged = new HashSet<>();
            for (Announcing one : announcing) {
                acknowledged.addAll(one.stop());
            }
            assertThat(announcing).as("the failover was noticed").anyMatch(one -> one.refusals() > 0);
            await().atMost(TOLD_WITHIN).until(() -> new HashSet<>(receiver.events()).containsAll(acknowledged));

            await().atMost(HEALED_WITHIN).until(() -> a.probe().check().status() == Status.PASS);
            int told = receiver.events().size();
            there.openSession();
            await().atMost(HEALED_WITHIN).until(() -> receiver.events().size() > told);
        }
    }

    private static int acknowledged(List<Announcing> announcing) {
        return announcing.stream().mapToInt(Announcing::acknowledged).sum();
    }

    /** Does it, and returns when another master is in its place. */
    private interface Failover {
        void befall(EndpointId endpoint);
    }

    @Test
    void what_was_answered_for_is_told_when_a_copy_takes_the_place_of_a_master_that_stands_still() throws Exception {
        try (RedisSentinels servers = RedisSentinels.start(2)) {
            tellAcross(servers.url(), endpoint -> {
                RedisProcess first = servers.master();
                first.freeze();
                servers.awaitMasterOtherThan(first.port());
            });
        }
    }

    @Test
    void what_was_answered_for_is_told_when_an_endpoints_master_in_a_cluster_dies() throws Exception {
        try (RedisCluster cluster = RedisCluster.withReplicas("cluster-require-full-coverage no")) {
            tellAcross(cluster.url(), endpoint -> {
                int slot = cluster.slotOf(new Keys(opener.prefix()).hooksNext(Keys.shardOf(endpoint)));
                RedisProcess dead = cluster.masterOf(slot);
                dead.kill();
                cluster.awaitMasterOtherThan(dead.port(), slot);
            });
        }
    }

    @Test
    void in_a_cluster_an_event_is_told_at_once_and_stays_in_the_outbox_until_a_copy_has_its_deliveries()
            throws Exception {
        ManualClock clock = new ManualClock();
        try (RedisCluster cluster = RedisCluster.withReplicas()) {
            RedisAdapters adapters = opener.open(opener.at(cluster.url())
                    .with(TIMEOUTS)
                    .with(ONE_COPY)
                    .with(WebhookThings.KEYS)
                    .withClock(clock));
            Set<EndpointId> two = Set.of(
                    WebhookThings.endpoint("one").id(),
                    WebhookThings.endpoint("other").id());
            WebhookEvent event = WebhookThings.event(new Conversations(InstantSource.system()).someSession());
            adapters.outbox().put(event);
            List<RedisProcess> copies = cluster.nodes().subList(3, 6);

            copies.forEach(RedisProcess::freeze);
            adapters.outbox().distribute(event, two, clock.instant(), WebhookThings.MANY);
            assertThat(adapters.outbox().waiting(9)).isEmpty();
            two.forEach(endpoint -> isClaimed(adapters, endpoint, clock.instant(), event));

            copies.forEach(RedisProcess::thaw);
            await().atMost(HEALED_WITHIN)
                    .until(() -> copies.stream()
                            .allMatch(
                                    copy -> copy.command("INFO", "replication").contains("master_link_status:up")));
            clock.advance(PutOff.SHORTEST);
            await().atMost(HEALED_WITHIN).until(() -> {
                adapters.outbox()
                        .waiting(9)
                        .forEach(
                                again -> adapters.outbox().distribute(again, two, clock.instant(), WebhookThings.MANY));
                clock.advance(PutOff.SHORTEST);
                return cluster.nodes().stream().noneMatch(this::hasSomethingInItsOutbox);
            });
            two.forEach(endpoint -> assertThat(
                            adapters.deliveryQueue().backlog(endpoint).waiting())
                    .isEqualTo(1));
        }
    }

    private boolean hasSomethingInItsOutbox(RedisProcess node) {
        return StoredData.keys(node, opener.prefix()).stream().anyMatch(key -> key.endsWith(":outbox"));
    }

    private static void isClaimed(RedisAdapters adapters, EndpointId endpoint, Instant now, WebhookEvent event) {
        assertThat(WebhookThings.claim(adapters.deliveryQueue(), endpoint, now))
                .extracting(Claim::event)
                .containsExactly(event);
    }
}
