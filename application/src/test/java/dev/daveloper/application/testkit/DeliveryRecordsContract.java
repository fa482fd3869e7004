package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Known;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EndpointStats;
import dev.daveloper.domain.webhooks.FailureStreak;
import dev.daveloper.domain.webhooks.Latencies;
import dev.daveloper.domain.webhooks.Trouble;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link DeliveryQueue} remembers of deliveries, and for how long. */
public abstract class DeliveryRecordsContract extends WebhooksContract {
    private static final PageRequest PAGE = new PageRequest(200, Optional.empty());

    private final EndpointId endpoint = EndpointId.next(new Ids(InstantSource.system(), new SecureRandom()));

    @Test
    void attempts_are_kept_as_they_were_made_the_newest_of_them() {
        deliver(event(), endpoint);
        Claim claim = claimOne(endpoint);
        Attempt first = failure(claim);
        queue().settle(claim, first, retryIn(Duration.ofSeconds(1)));
        Known known = queue().find(claim.id()).orElseThrow();
        assertThat(known.attempts()).containsExactly(first);
        assertThat(known.delivery().last()).contains(first);
        assertThat(known.delivery().attempts()).isEqualTo(1);
        assertThat(known.event()).isEqualTo(claim.event());

        for (int i = 0; i < DeliveryQueue.MAX_ATTEMPTS; i++) {
            clock.advance(Duration.ofSeconds(1));
            Claim next = claimOne(endpoint);
            queue().settle(
                            next,
                            attempt(next, OptionalInt.empty(), Trouble.CONNECT_TIMEOUT, Duration.ofSeconds(5)),
                            retryIn(Duration.ofSeconds(1)));
        }
        known = queue().find(claim.id()).orElseThrow();
        assertThat(known.delivery().attempts()).isEqualTo(DeliveryQueue.MAX_ATTEMPTS + 1);
        assertThat(known.attempts()).hasSize(DeliveryQueue.MAX_ATTEMPTS).doesNotContain(first);
        assertThat(known.attempts()).extracting(Attempt::number).isSorted();
    }

    @Test
    void nothing_is_found_that_is_not_there() {
        DeliveryId unknown = DeliveryId.of(event(), endpoint);
        assertThat(queue().find(unknown)).isEmpty();
        assertThat(queue().redeliver(unknown, clock.instant())).isEmpty();
        assertThat(queue().list(endpoint, Optional.empty(), PAGE).items()).isEmpty();
        assertThat(queue().backlog(endpoint)).isEqualTo(DeliveryQueue.Backlog.NONE);
        assertThat(queue().stats(endpoint, clock.instant(), clock.instant()).attempted())
                .isZero();
    }

    @Test
    void pages_go_from_the_newest_to_the_oldest_and_lose_none_while_others_come() {
        List<DeliveryId> made = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            WebhookEvent event = event();
            deliver(event, endpoint);
            made.addFirst(DeliveryId.of(event, endpoint));
            clock.advance(Duration.ofMillis(1));
        }
        List<DeliveryId> listed = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<Delivery> page = queue().list(endpoint, Optional.empty(), new PageRequest(50, cursor));
            page.items().forEach(delivery -> listed.add(delivery.id()));
            cursor = page.nextCursor();
            deliver(event(), endpoint);
            clock.advance(Duration.ofMillis(1));
        } while (cursor.isPresent());

        assertThat(listed).containsExactlyElementsOf(made);
    }

    @Test
    void a_cursor_that_was_never_given_is_refused() {
        assertThatThrownBy(() -> queue().list(endpoint, Optional.empty(), new PageRequest(5, Optional.of("nonsense"))))
                .isInstanceOf(InvalidRequest.class);
    }

    @Test
    void deliveries_are_listed_by_where_they_stand() {
        deliverMany(4, endpoint);
        List<Claim> claims = claim(endpoint, 3);
        DeliveryQueueContract.settle(this, claims.get(0), DELIVERED);
        DeliveryQueueContract.settle(this, claims.get(1), DEAD);

        assertThat(in(DeliveryState.Kind.DELIVERED))
                .containsExactly(claims.get(0).id());
        assertThat(in(DeliveryState.Kind.DEAD)).containsExactly(claims.get(1).id());
        assertThat(in(DeliveryState.Kind.SENDING)).containsExactly(claims.get(2).id());
        assertThat(in(DeliveryState.Kind.WAITING)).hasSize(1);
        assertThat(queue().list(endpoint, Optional.empty(), PAGE).items()).hasSize(4);
    }

    private List<DeliveryId> in(DeliveryState.Kind kind) {
        return queue().list(endpoint, Optional.of(kind), PAGE).items().stream()
                .map(Delivery::id)
                .toList();
    }

    @Test
    void statistics_count_what_was_tried_and_what_came_of_it() {
        Instant begun = clock.instant();
        deliverMany(5, endpoint);
        List<Claim> claims = claim(endpoint, 4);
        DeliveryQueueContract.settle(this, claims.get(0), DELIVERED);
        DeliveryQueueContract.settle(this, claims.get(1), DELIVERED);
        DeliveryQueueContract.settle(this, claims.get(2), retryIn(Duration.ofHours(1)));
        Attempt last = attempt(claims.get(3), OptionalInt.empty(), Trouble.REFUSED, Duration.ofMillis(3));
        queue().settle(claims.get(3), last, DEAD);

        EndpointStats stats = queue().stats(endpoint, begun, clock.instant());
        assertThat(stats.attempts())
                .containsEntry(Trouble.NONE, 2L)
                .containsEntry(Trouble.STATUS, 1L)
                .containsEntry(Trouble.REFUSED, 1L)
                .hasSize(3);
        assertThat(stats.delivered()).isEqualTo(2);
        assertThat(stats.dead()).isEqualTo(1);
        assertThat(stats.waiting()).isEqualTo(2);
        assertThat(stats.oldestWaiting()).isPresent();
        assertThat(stats.lastFailure()).contains(last);
        assertThat(stats.latencies().total()).isEqualTo(4);
        assertThat(stats.latencies().percentile(0.5)).contains(Duration.ofMillis(50));
        assertThat(stats.streak().failures()).isEqualTo(2);
        assertThat(stats.since()).isBeforeOrEqualTo(begun);
    }

    @Test
    void statistics_are_of_the_hours_that_are_asked_for() {
        deliver(event(), endpoint);
        DeliveryQueueContract.settle(this, claimOne(endpoint), DELIVERED);
        clock.advance(Duration.ofHours(5));
        deliver(event(), endpoint);
        DeliveryQueueContract.settle(this, claimOne(endpoint), DELIVERED);

        Instant now = clock.instant();
        assertThat(queue().stats(endpoint, now.minus(Duration.ofHours(2)), now).delivered())
                .isEqualTo(1);
        assertThat(queue().stats(endpoint, now.minus(Duration.ofHours(6)), now).delivered())
                .isEqualTo(2);
        assertThat(queue().stats(endpoint, now, now).latencies()).isNotEqualTo(Latencies.NONE);
    }

    @Test
    void the_streak_of_failures_goes_on_over_deliveries_and_ends_with_a_success() {
        FailureStreak streak = FailureStreak.NONE;
        for (int i = 0; i < 4; i++) {
            deliver(event(), endpoint);
            Claim claim = claimOne(endpoint);
            Attempt attempt = failure(claim);
            streak = streak.after(attempt.verdict(), attempt.endedAt());
            assertThat(queue().settle(claim, attempt, retryIn(Duration.ofDays(9))))
                    .contains(streak);
            clock.advance(Duration.ofHours(5));
        }
        assertThat(streak.certainSince()).isPresent();
        assertThat(queue().stats(endpoint, clock.instant(), clock.instant()).streak())
                .isEqualTo(streak);

        deliver(event(), endpoint);
        assertThat(DeliveryQueueContract.settle(this, claimOne(endpoint), DELIVERED))
                .contains(FailureStreak.NONE);
    }

    @Test
    void of_an_endpoint_that_is_forgotten_nothing_is_left() {
        deliverMany(3, endpoint);
        List<Claim> claims = claim(endpoint, 2);
        DeliveryQueueContract.settle(this, claims.get(0), DEAD);
        EndpointId other = someEndpoint();
        deliver(event(), other);
        queue().forget(endpoint);

        assertThat(DeliveryQueueContract.settle(this, claims.get(1), DELIVERED)).isEmpty();
        assertThat(queue().list(endpoint, Optional.empty(), PAGE).items()).isEmpty();
        assertThat(queue().stats(endpoint, Instant.EPOCH, clock.instant()).attempted())
                .isZero();
        assertThat(queue().find(claims.get(0).id())).isEmpty();
        assertThat(queue().due(clock.instant()).now()).containsExactly(other);
    }

    @Test
    void what_is_over_and_old_is_forgotten_and_what_waits_for_too_long_as_well() {
        deliverMany(4, endpoint);
        List<Claim> claims = claim(endpoint, 3);
        DeliveryQueueContract.settle(this, claims.get(0), DELIVERED);
        DeliveryQueueContract.settle(this, claims.get(1), DEAD);
        queue().release(claims.get(2), clock.instant());
        clock.advance(Duration.ofDays(8));
        deliver(event(), endpoint);
        Claim young = claim(endpoint, 9).stream()
                .max((a, b) -> a.event().at().compareTo(b.event().at()))
                .orElseThrow();
        DeliveryQueueContract.settle(this, young, DELIVERED);
        clock.advance(LEASE);
        Instant moment = clock.instant().minus(Duration.ofDays(7));
        Set<EndpointId> all = Set.of(endpoint);
        queue().claim(endpoint, 9, OptionalInt.empty(), clock.instant(), LEASE)
                .forEach(claim -> queue().release(claim, clock.instant()));

        assertThat(queue().forgetBefore(moment, all, 1)).isEqualTo(1);
        while (queue().forgetBefore(moment, all, 100) > 0) {
            // Until nothing old is left.
        }
        assertThat(queue().list(endpoint, Optional.empty(), PAGE).items())
                .extracting(Delivery::id)
                .containsExactly(young.id());
    }
}
