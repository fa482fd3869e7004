package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.domain.ContentKey;
import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.PutOff;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.redis.testkit.RedisProcess;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keys that are taken away too early, and put back; what is damaged for good. */
@Timeout(60)
class UnreadWebhooksTest {
    private static final ContentKeys NEXT = TestAdapters.keys("k2");

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final RedisProcess server = TestAdapters.server();
    private final SessionId session = new Conversations(InstantSource.system()).someSession();

    private RedisAdapters open(ContentKeys keys, InstantSource clock) throws InterruptedException {
        return opener.open(opener.config().with(keys).withClock(clock));
    }

    private static ContentKeys both() {
        List<ContentKey> keys = new ArrayList<>(NEXT.keys());
        keys.addAll(WebhookThings.KEYS.keys());
        return new ContentKeys(keys);
    }

    /** As an event of this session, of whatever it says, lies in the outbox. */
    private String outgoing() {
        return new Keys(opener.prefix()).outgoing(Keys.shardOf(session));
    }

    @Test
    void of_a_key_that_is_taken_away_and_put_back_nothing_is_lost_and_nothing_new_waits() throws Exception {
        EndpointId endpoint = WebhookThings.endpoint("one").id();
        RedisAdapters before = open(WebhookThings.KEYS, InstantSource.system());
        WebhookEvent handedOn = WebhookThings.event(session);
        WebhookThings.deliver(before, handedOn, Set.of(endpoint));
        WebhookEvent waits = WebhookThings.event(session);
        before.outbox().put(waits);
        before.close();

        RedisAdapters without = open(NEXT, InstantSource.system());
        WebhookEvent young = WebhookThings.event(session);
        without.outbox().put(young);
        assertThat(without.outbox().waiting(9)).containsExactly(young);
        without.outbox().distribute(young, Set.of(endpoint), Instant.now(), WebhookThings.MANY);
        assertThat(WebhookThings.claimOne(without.deliveryQueue(), endpoint).event())
                .isEqualTo(young);
        without.close();

        Instant later = Instant.now().plus(PutOff.LONGEST);
        RedisAdapters again = open(both(), () -> later);
        assertThat(again.outbox().waiting(9)).containsExactly(waits);
        assertThat(WebhookThings.claim(again.deliveryQueue(), endpoint, later))
                .extracting(Claim::event)
                .contains(handedOn);
    }

    @Test
    void what_is_no_event_at_all_is_in_nobodys_way_either() throws Exception {
        RedisAdapters adapters = open(WebhookThings.KEYS, InstantSource.system());
        EndpointId endpoint = WebhookThings.endpoint("one").id();
        WebhookEvent damaged = WebhookThings.event(session);
        WebhookThings.deliver(adapters, damaged, Set.of(endpoint));
        server.command(
                "HSET",
                new Keys(opener.prefix()).deliveries(Keys.shardOf(endpoint)) + DeliveryId.of(damaged, endpoint),
                "event",
                "{}");
        List<WebhookEvent> behind = Stream.generate(() -> WebhookThings.event(session))
                .limit(3)
                .peek(adapters.outbox()::put)
                .toList();
        server.command("HSET", outgoing(), behind.getFirst().id().value(), "scribble");
        server.command("HDEL", outgoing(), behind.getLast().id().value());

        assertThat(adapters.outbox().waiting(9)).containsExactly(behind.get(1));
        adapters.outbox().distribute(behind.get(1), Set.of(endpoint), Instant.now(), WebhookThings.MANY);
        assertThat(WebhookThings.claimOne(adapters.deliveryQueue(), endpoint).event())
                .isEqualTo(behind.get(1));
    }

    @Test
    void an_event_that_nobody_can_read_for_as_long_as_a_delivery_stays_goes() throws Exception {
        ManualClock clock = new ManualClock();
        open(WebhookThings.KEYS, clock).outbox().put(WebhookThings.event(session));
        RedisAdapters without = open(NEXT, clock);
        assertThat(without.outbox().waiting(9)).isEmpty();
        String outbox = outgoing().replace("outgoing", "outbox");
        Duration kept = opener.config().keeping().delivery();

        clock.advance(kept);
        await().atMost(CoreFixture.SOON).until(() -> {
            without.outbox().waiting(9);
            return server.command("ZRANGEBYSCORE", outbox, "-inf", Long.toString(clock.millis()))
                    .isEmpty();
        });
        assertThat(server.command("ZCARD", outbox)).isEqualTo("1");

        clock.advance(PutOff.LONGEST);
        await().atMost(CoreFixture.SOON).until(() -> {
            without.outbox().waiting(9);
            return StoredData.keys(server, opener.prefix()).isEmpty();
        });
    }
}
