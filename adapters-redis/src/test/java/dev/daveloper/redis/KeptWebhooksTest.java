package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Next;
import dev.daveloper.domain.ContentKey;
import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.UnreadableContent;
import dev.daveloper.domain.failures.WebhookRefused;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.Standing;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.redis.RedisConfig.Keeping;
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

/** In which form webhooks are kept, how many, and for how long. */
@Timeout(60)
class KeptWebhooksTest {
    private static final String MARKER = "marzipan";

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final RedisProcess server = TestAdapters.server();
    private final SessionId session = new Conversations(InstantSource.system()).someSession();

    private RedisAdapters open() throws InterruptedException {
        return opener.open(opener.config().with(WebhookThings.KEYS));
    }

    private Keys keys() {
        return new Keys(opener.prefix());
    }

    private String nameOf(EndpointId endpoint, DeliveryId delivery) {
        return keys().deliveries(Keys.shardOf(endpoint)) + delivery;
    }

    private long millisLeft(EndpointId endpoint, DeliveryId delivery) {
        return Long.parseLong(server.command("PTTL", nameOf(endpoint, delivery)));
    }

    private String sizeOf(EndpointId endpoint, String set) {
        return server.command("ZCARD", keys().hook(endpoint, set));
    }

    @Test
    void without_a_key_no_endpoint_is_kept() throws Exception {
        RedisAdapters adapters = opener.open(opener.config());
        assertThatExceptionOfType(WebhookRefused.class)
                .isThrownBy(() -> adapters.webhookStore().add(WebhookThings.endpoint(MARKER), 9));
        assertThat(StoredData.keys(server, opener.prefix())).isEmpty();
    }

    @Test
    void neither_a_secret_nor_what_is_sent_is_to_be_read_in_redis() throws Exception {
        RedisAdapters adapters = open();
        Endpoint endpoint = WebhookThings.endpoint(MARKER);
        adapters.webhookStore().add(endpoint, 9);
        WebhookThings.deliver(adapters, WebhookThings.event(session, MARKER), Set.of(endpoint.id()));
        adapters.outbox().put(WebhookThings.event(session, MARKER));
        String contents = StoredData.contents(server, opener.prefix()).toString();
        assertThat(contents)
                .contains(endpoint.id().value())
                .doesNotContain(MARKER)
                .doesNotContain(endpoint.signing().current().reveal())
                .doesNotContain(session.value());
    }

    @Test
    void what_an_old_key_sealed_is_read_and_sealed_by_the_first_at_its_next_change() throws Exception {
        Endpoint endpoint = WebhookThings.endpoint("one");
        open().webhookStore().add(endpoint, 9);
        ContentKeys next = TestAdapters.keys("k2");
        List<ContentKey> both = new ArrayList<>(next.keys());
        both.addAll(WebhookThings.KEYS.keys());

        RedisAdapters rotated = opener.open(opener.config().with(new ContentKeys(both)));
        assertThat(rotated.webhookStore().all()).containsExactly(endpoint);
        RedisAdapters without = opener.open(opener.config().with(next));
        assertThatExceptionOfType(UnreadableContent.class)
                .isThrownBy(() -> without.webhookStore().all());

        Endpoint changed = endpoint.with(
                new Standing.Disabled(Standing.Reason.REQUESTED, endpoint.createdAt()), endpoint.createdAt());
        assertThat(rotated.webhookStore().replace(changed)).isTrue();
        assertThat(without.webhookStore().all()).containsExactly(changed);
    }

    @Test
    void of_what_redis_has_forgotten_by_itself_nothing_is_left_in_the_way() throws Exception {
        RedisAdapters adapters = open();
        DeliveryQueue queue = adapters.deliveryQueue();
        EndpointId endpoint = WebhookThings.endpoint("one").id();
        List<WebhookEvent> events =
                Stream.generate(() -> WebhookThings.event(session)).limit(450).toList();
        events.forEach(event -> WebhookThings.deliver(adapters, event, Set.of(endpoint)));
        for (Claim claim : WebhookThings.claim(queue, endpoint, WebhookThings.soon())) {
            queue.settle(claim, WebhookThings.success(claim), WebhookThings.DELIVERED);
        }
        WebhookThings.deliver(adapters, WebhookThings.event(session), Set.of(endpoint));
        StoredData.keys(server, opener.prefix()).stream()
                .filter(key -> key.contains("delivery:"))
                .forEach(key -> server.command("DEL", key));

        assertThat(WebhookThings.claim(queue, endpoint, WebhookThings.soon())).isEmpty();
        assertThat(queue.forgetBefore(Instant.EPOCH, Set.of(endpoint), WebhookThings.MANY))
                .isEqualTo(events.size());
        assertThat(StoredData.keys(server, opener.prefix()))
                .as("what counts is kept for a week")
                .allMatch(key -> key.contains(":hour:"));
    }

    @Test
    void what_fits_into_no_queue_is_kept_in_a_bounded_number() throws Exception {
        RedisAdapters adapters = open();
        EndpointId endpoint = WebhookThings.endpoint("one").id();
        List<String> filled = new ArrayList<>(List.of("ZADD", keys().hook(endpoint, "dead")));
        for (int i = 0; i < DeliveryQueue.MAX_OVER; i++) {
            filled.add("0");
            filled.add("dlv_" + "%026d".formatted(i));
        }
        server.command(filled.toArray(String[]::new));
        WebhookEvent event = WebhookThings.event(session);
        adapters.outbox().distribute(event, Set.of(endpoint), Instant.now(), 0);

        assertThat(sizeOf(endpoint, "dead")).isEqualTo(Integer.toString(DeliveryQueue.MAX_OVER));
        Delivery dead = adapters.deliveryQueue()
                .find(DeliveryId.of(event, endpoint))
                .orElseThrow()
                .delivery();
        assertThat(dead.state().kind()).isEqualTo(DeliveryState.Kind.DEAD);
    }

    @Test
    void a_delivery_stays_as_long_as_is_configured_after_whatever_was_done_with_it() throws Exception {
        Keeping usual = opener.config().keeping();
        Duration kept = Duration.ofDays(91);
        RedisAdapters adapters = opener.open(opener.config()
                .with(WebhookThings.KEYS)
                .with(new Keeping(
                        usual.prefix(), usual.session(), usual.log(), usual.idempotencyKey(), usual.messages(), kept)));
        DeliveryQueue queue = adapters.deliveryQueue();
        EndpointId endpoint = WebhookThings.endpoint("one").id();
        WebhookEvent event = WebhookThings.event(session);
        WebhookThings.deliver(adapters, event, Set.of(endpoint));
        DeliveryId id = DeliveryId.of(event, endpoint);
        long enough = kept.minus(Duration.ofMinutes(5)).toMillis();
        assertThat(millisLeft(endpoint, id)).isGreaterThan(enough);

        server.command("PEXPIRE", nameOf(endpoint, id), "60000");
        Claim claim = WebhookThings.claimOne(queue, endpoint);
        queue.settle(claim, WebhookThings.failure(claim), new Next.Dead(DeliveryState.Death.EXHAUSTED));
        assertThat(millisLeft(endpoint, id)).isGreaterThan(enough);

        server.command("PEXPIRE", nameOf(endpoint, id), "60000");
        queue.redeliver(id, Instant.now());
        assertThat(millisLeft(endpoint, id)).isGreaterThan(enough);
    }
}
