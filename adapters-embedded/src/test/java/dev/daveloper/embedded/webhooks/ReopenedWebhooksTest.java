package dev.daveloper.embedded.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.domain.webhooks.Awaited;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointStats;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.embedded.EmbeddedStores;
import dev.daveloper.embedded.TestStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReopenedWebhooksTest {
    @TempDir
    Path directory;

    @RegisterExtension
    final TestStores opener = new TestStores();

    private final ManualClock clock = new ManualClock();
    private final WebhookThings things = new WebhookThings(clock);
    private final Endpoint endpoint = things.endpoint("x");
    private EmbeddedStores stores;

    @BeforeEach
    void open() {
        stores = opener.open(Optional.of(directory), clock);
        stores.webhookStore().add(endpoint, WebhookThings.MANY);
    }

    @Test
    void what_was_put_down_and_not_handed_on_is_there_in_its_order() {
        WebhookEvent first = things.event("{\"of\":1}");
        WebhookEvent second = things.event("{\"of\":2}");
        Awaited awaited = things.awaited();
        stores.outbox().put(first);
        stores.outbox().put(second);
        stores.outbox().await(awaited, clock.instant());
        reopen();

        assertThat(stores.webhookStore().all()).containsExactly(endpoint);
        assertThat(stores.outbox().waiting(WebhookThings.MANY)).containsExactly(first, second);
        assertThat(stores.outbox().awaited(clock.instant().plusMillis(1), WebhookThings.MANY))
                .containsExactly(awaited);
    }

    @Test
    void what_was_claimed_is_due_at_once_and_attempted_as_if_it_never_had_been() {
        WebhookEvent event = handedOn();
        Claim before = claim(1).getFirst();
        assertThat(stateOf(event))
                .isEqualTo(new DeliveryState.Sending(clock.instant().plus(WebhookThings.LEASE)));
        reopen();

        assertThat(stateOf(event)).isInstanceOf(DeliveryState.Waiting.class);
        assertThat(queue().due(clock.instant()).now()).containsExactly(endpoint.id());
        Claim again = claim(1).getFirst();
        assertThat(again.event()).isEqualTo(event);
        assertThat(again.number()).isEqualTo(before.number());
        assertThat(again.ticket()).isNotEqualTo(before.ticket());
    }

    @Test
    void a_claim_of_the_process_before_is_worth_nothing() {
        WebhookEvent event = handedOn();
        Claim before = claim(1).getFirst();
        reopen();

        assertThat(queue().settle(before, things.success(before), WebhookThings.DELIVERED))
                .isEmpty();
        queue().release(before, clock.instant().plus(Duration.ofDays(1)));
        assertThat(stateOf(event)).isInstanceOf(DeliveryState.Waiting.class);
        Claim again = claim(1).getFirst();
        assertThat(queue().settle(before, things.success(before), WebhookThings.DELIVERED))
                .isEmpty();
        assertThat(queue().settle(again, things.success(again), WebhookThings.DELIVERED))
                .isPresent();
    }

    @Test
    void what_is_to_be_attempted_later_keeps_its_time_and_what_is_over_is_over() {
        WebhookEvent later = handedOn();
        Claim failed = claim(1).getFirst();
        queue().settle(failed, things.failure(failed, "no"), things.retry());
        WebhookEvent arrived = handedOn();
        Claim succeeded = claim(1).getFirst();
        queue().settle(succeeded, things.success(succeeded), WebhookThings.DELIVERED);
        WebhookEvent given = handedOn();
        Claim dead = claim(1).getFirst();
        queue().settle(dead, things.failure(dead, "no"), WebhookThings.DEAD);
        List<DeliveryQueue.Known> known = knownOf(later, arrived, given);
        EndpointStats stats = stats();
        assertThat(known)
                .extracting(one -> one.delivery().state().kind())
                .containsExactly(DeliveryState.Kind.WAITING, DeliveryState.Kind.DELIVERED, DeliveryState.Kind.DEAD);
        reopen();

        assertThat(knownOf(later, arrived, given)).isEqualTo(known);
        assertThat(stats()).isEqualTo(stats);
        assertThat(claim(WebhookThings.MANY)).isEmpty();
        Instant due = ((DeliveryState.Waiting) stateOf(later)).dueAt();
        assertThat(queue().due(clock.instant()).next()).contains(due);
        clock.advance(Duration.between(clock.instant(), due));
        assertThat(claim(WebhookThings.MANY)).extracting(Claim::number).containsExactly(2);
    }

    @Test
    void only_what_was_claimed_is_hurried_by_an_opening() {
        WebhookEvent later = handedOn();
        Claim failed = claim(1).getFirst();
        queue().settle(failed, things.failure(failed, "no"), things.retry());
        WebhookEvent claimed = handedOn();
        claim(1);
        WebhookEvent waiting = handedOn();
        reopen();

        assertThat(claim(WebhookThings.MANY)).extracting(Claim::event).containsExactly(claimed, waiting);
        assertThat(stateOf(later)).isInstanceOf(DeliveryState.Waiting.class);
    }

    private void reopen() {
        stores.close();
        stores = opener.open(Optional.of(directory), clock);
    }

    /** An event of its own millisecond, so that what is due has an order. */
    private WebhookEvent handedOn() {
        clock.advance(Duration.ofMillis(1));
        WebhookEvent event = things.event("{}");
        stores.outbox().put(event);
        stores.outbox().distribute(event, Set.of(endpoint.id()), clock.instant(), WebhookThings.MANY);
        return event;
    }

    private DeliveryQueue queue() {
        return stores.deliveryQueue();
    }

    private List<Claim> claim(int max) {
        return queue().claim(endpoint.id(), max, OptionalInt.empty(), clock.instant(), WebhookThings.LEASE);
    }

    private DeliveryState stateOf(WebhookEvent event) {
        Delivery delivery = knownOf(event).getFirst().delivery();
        return delivery.state();
    }

    private List<DeliveryQueue.Known> knownOf(WebhookEvent... events) {
        return List.of(events).stream()
                .map(event -> queue().find(DeliveryId.of(event, endpoint.id())).orElseThrow())
                .toList();
    }

    private EndpointStats stats() {
        return queue().stats(endpoint.id(), clock.instant(), clock.instant());
    }
}
