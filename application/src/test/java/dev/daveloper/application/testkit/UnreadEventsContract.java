package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.application.webhooks.out.Outbox;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.UnreadableContent;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.PutOff;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Outbox} and every {@link DeliveryQueue} does with events that cannot be read, because the key that
 * sealed them is not configured or because they were damaged: they are in nobody's way, and there when they can be read
 * again.
 */
public abstract class UnreadEventsContract extends WebhooksContract {
    private static final int ALL = 100;
    private static final PageRequest PAGE = new PageRequest(100, Optional.empty());

    /** Makes what is stored of the event unreadable, also in its deliveries to these. */
    protected abstract void scramble(WebhookEvent event, Set<EndpointId> to) throws Exception;

    /** Undoes it. */
    protected abstract void mend(WebhookEvent event, Set<EndpointId> to) throws Exception;

    @Test
    void a_delivery_that_cannot_be_read_is_put_off_and_those_behind_it_go_on() throws Exception {
        EndpointId endpoint = someEndpoint();
        WebhookEvent unread = event();
        deliver(unread, endpoint);
        clock.advance(Duration.ofMillis(2));
        WebhookEvent behind = event();
        deliver(behind, endpoint);
        scramble(unread, Set.of(endpoint));

        assertThat(claim(endpoint, ALL)).extracting(Claim::event).containsExactly(behind);
        assertThat(queue().backlog(endpoint).waiting()).isEqualTo(2);
        assertThat(claim(endpoint, ALL)).isEmpty();
        clock.advance(PutOff.SHORTEST);
        assertThat(claim(endpoint, ALL))
                .as("which puts it off again")
                .extracting(Claim::event)
                .doesNotContain(unread);

        mend(unread, Set.of(endpoint));
        assertThat(claim(endpoint, ALL)).isEmpty();
        clock.advance(PutOff.SHORTEST.multipliedBy(2));
        assertThat(claim(endpoint, ALL))
                .filteredOn(claim -> claim.event().equals(unread))
                .singleElement()
                .matches(claim -> claim.number() == 1 && claim.failures() == 0);
    }

    @Test
    void as_many_as_wanted_are_taken_however_many_cannot_be_read_before_them() throws Exception {
        EndpointId endpoint = someEndpoint();
        unreadOnes(30, endpoint);
        deliverMany(5, endpoint);

        assertThat(claim(endpoint, 3)).hasSize(3);
        assertThat(claim(endpoint, 3)).hasSize(2);
        assertThat(queue().backlog(endpoint).waiting()).isEqualTo(35);
    }

    @Test
    void what_cannot_be_read_takes_nothing_of_an_endpoints_rate() throws Exception {
        EndpointId endpoint = someEndpoint();
        OptionalInt five = OptionalInt.of(5);
        unreadOnes(12, endpoint);
        deliverMany(7, endpoint);

        assertThat(queue().claim(endpoint, ALL, five, clock.instant(), LEASE)).hasSize(5);
        assertThat(queue().claim(endpoint, ALL, five, clock.instant(), LEASE)).isEmpty();
        clock.advance(Duration.ofMillis(400));
        assertThat(queue().claim(endpoint, ALL, five, clock.instant(), LEASE)).hasSize(2);
    }

    private void unreadOnes(int count, EndpointId endpoint) throws Exception {
        for (int i = 0; i < count; i++) {
            WebhookEvent unread = event();
            deliver(unread, endpoint);
            scramble(unread, Set.of(endpoint));
            clock.advance(Duration.ofMillis(1));
        }
    }

    @Test
    void what_cannot_be_read_is_listed_sent_again_and_forgotten_as_others_are() throws Exception {
        EndpointId endpoint = someEndpoint();
        WebhookEvent unread = event();
        deliver(unread, endpoint);
        DeliveryQueueContract.settle(this, claimOne(endpoint), DEAD);
        scramble(unread, Set.of(endpoint));
        DeliveryId id = DeliveryId.of(unread, endpoint);

        assertThat(listed(endpoint, DeliveryState.Kind.DEAD))
                .singleElement()
                .matches(delivery -> delivery.id().equals(id) && delivery.type() == unread.type());
        assertThatThrownBy(() -> queue().find(id))
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).isInstanceOf(UnreadableContent.class),
                        thrown -> assertThat(thrown).hasCauseInstanceOf(UnreadableContent.class));

        assertThat(queue().recover(endpoint, clock.instant(), clock.instant(), ALL))
                .isEqualTo(1);
        assertThat(claim(endpoint, ALL)).isEmpty();
        assertThat(queue().redeliver(id, clock.instant()))
                .map(Delivery::state)
                .contains(new DeliveryState.Waiting(clock.instant()));
        assertThat(claim(endpoint, ALL)).isEmpty();
        assertThat(listed(endpoint, DeliveryState.Kind.WAITING)).hasSize(1);

        clock.advance(Duration.ofDays(8));
        assertThat(queue().forgetBefore(clock.instant(), Set.of(endpoint), ALL)).isEqualTo(1);
        assertThat(listed(endpoint, DeliveryState.Kind.WAITING)).isEmpty();
    }

    private List<Delivery> listed(EndpointId endpoint, DeliveryState.Kind kind) {
        return queue().list(endpoint, Optional.of(kind), PAGE).items();
    }

    @Test
    void an_event_that_cannot_be_read_stays_and_those_behind_it_are_handed_on() throws Exception {
        EndpointId endpoint = someEndpoint();
        WebhookEvent unread = event();
        outbox().put(unread);
        scramble(unread, Set.of());
        clock.advance(Duration.ofMillis(2));
        WebhookEvent behind = event();
        outbox().put(behind);

        assertThat(outbox().waiting(ALL)).containsExactly(behind);
        outbox().distribute(behind, Set.of(endpoint), clock.instant(), MANY);
        assertThat(claimOne(endpoint).event()).isEqualTo(behind);
        assertThat(outbox().waiting(ALL)).isEmpty();

        mend(unread, Set.of());
        clock.advance(PutOff.LONGEST);
        await().atMost(CoreFixture.SOON)
                .untilAsserted(() -> assertThat(outbox().waiting(ALL)).containsExactly(unread));
        EndpointId late = someEndpoint();
        outbox().distribute(unread, Set.of(late), clock.instant(), MANY);
        assertThat(claimOne(late).event()).isEqualTo(unread);
    }

    @Test
    void more_events_that_cannot_be_read_than_are_asked_for_at_once_are_in_nobodys_way() throws Exception {
        for (int i = 0; i < 7; i++) {
            WebhookEvent unread = event();
            outbox().put(unread);
            scramble(unread, Set.of());
            clock.advance(Duration.ofMillis(1));
        }
        WebhookEvent behind = event();
        outbox().put(behind);

        await().atMost(CoreFixture.SOON)
                .untilAsserted(() -> assertThat(outbox().waiting(3)).containsExactly(behind));
    }
}
