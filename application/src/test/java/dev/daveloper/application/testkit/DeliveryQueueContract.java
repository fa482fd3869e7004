package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Backlog;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Due;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Next;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.FailureStreak;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link DeliveryQueue} does with deliveries that are to be attempted. */
public abstract class DeliveryQueueContract extends WebhooksContract {
    private static final int ALL = 100;
    private static final int RACERS = 8;

    static Optional<FailureStreak> settle(WebhooksContract in, Claim claim, Next next) {
        boolean delivered = next instanceof Next.Delivered;
        return in.queue().settle(claim, delivered ? in.success(claim) : in.failure(claim), next);
    }

    @Test
    void what_is_due_is_claimed_with_all_that_is_to_be_sent() {
        EndpointId endpoint = someEndpoint();
        String body = "{\"text\":\"" + "ä漢😀".repeat(4_900) + "\"}";
        WebhookEvent event = tracedEvent(body);
        deliver(event, endpoint);

        assertThat(queue().due(clock.instant()).now()).containsExactly(endpoint);
        Claim claim = claimOne(endpoint);
        assertThat(claim.event()).isEqualTo(event);
        assertThat(claim.id()).isEqualTo(DeliveryId.of(event, endpoint));
        assertThat(claim.endpoint()).isEqualTo(endpoint);
        assertThat(claim.number()).isEqualTo(1);
        assertThat(claim.failures()).isZero();
    }

    @Test
    void the_longest_due_go_first_and_no_more_than_wanted() {
        EndpointId endpoint = someEndpoint();
        WebhookEvent first = event();
        deliver(first, endpoint);
        clock.advance(Duration.ofMillis(2));
        WebhookEvent second = event();
        deliver(second, endpoint);
        clock.advance(Duration.ofMillis(2));
        deliver(event(), endpoint);

        assertThat(claim(endpoint, 2)).extracting(Claim::event).containsExactly(first, second);
        assertThat(claim(endpoint, ALL)).hasSize(1);
        assertThat(claim(endpoint, ALL)).isEmpty();
    }

    @Test
    void a_claim_is_nobody_elses_until_its_lease_has_run_out() {
        EndpointId endpoint = someEndpoint();
        deliver(event(), endpoint);
        Claim lost = claimOne(endpoint);
        clock.advance(LEASE.minusMillis(1));
        assertThat(claim(endpoint, ALL)).isEmpty();
        clock.advance(Duration.ofMillis(1));

        assertThat(queue().due(clock.instant()).now()).contains(endpoint);
        Claim taken = claimOne(endpoint);
        assertThat(taken.id()).isEqualTo(lost.id());
        assertThat(taken.number()).isEqualTo(1);
        assertThat(settle(this, lost, DELIVERED)).isEmpty();
        queue().release(lost, clock.instant());
        assertThat(claim(endpoint, ALL)).isEmpty();
        assertThat(settle(this, taken, DELIVERED)).contains(FailureStreak.NONE);
        assertThat(queue().find(taken.id()).orElseThrow().attempts()).hasSize(1);
    }

    @Test
    void what_was_delivered_or_is_dead_is_never_due_again() {
        EndpointId endpoint = someEndpoint();
        deliver(event(), endpoint);
        clock.advance(Duration.ofMillis(1));
        deliver(event(), endpoint);
        settle(this, claimOne(endpoint), DELIVERED);
        settle(this, claimOne(endpoint), DEAD);
        clock.advance(Duration.ofDays(2));

        assertThat(claim(endpoint, ALL)).isEmpty();
        assertThat(queue().due(clock.instant())).isEqualTo(new Due(Set.of(), Optional.empty()));
    }

    @Test
    void a_retry_is_due_at_its_moment_and_knows_of_the_attempts_before() {
        EndpointId endpoint = someEndpoint();
        deliver(event(), endpoint);
        settle(this, claimOne(endpoint), retryIn(Duration.ofMinutes(5)));

        Due due = queue().due(clock.instant());
        assertThat(due.now()).isEmpty();
        assertThat(due.next()).contains(clock.instant().plus(Duration.ofMinutes(5)));
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(claim(endpoint, ALL)).isEmpty();
        clock.advance(Duration.ofMillis(1));
        Claim second = claimOne(endpoint);
        assertThat(second.number()).isEqualTo(2);
        assertThat(second.failures()).isEqualTo(1);
    }

    @Test
    void what_is_given_back_is_due_again_and_was_no_attempt() {
        EndpointId endpoint = someEndpoint();
        deliver(event(), endpoint);
        Claim claim = claimOne(endpoint);
        queue().release(claim, clock.instant());

        Claim again = claimOne(endpoint);
        assertThat(again.number()).isEqualTo(1);
        assertThat(again.failures()).isZero();
        assertThat(settle(this, claim, DELIVERED)).isEmpty();
    }

    @Test
    void of_many_who_claim_at_once_each_gets_others() throws Exception {
        EndpointId endpoint = someEndpoint();
        deliverMany(60, endpoint);

        List<List<Claim>> claimed = Racing.race(RACERS, i -> claim(endpoint, 10));

        List<DeliveryId> all =
                claimed.stream().flatMap(List::stream).map(Claim::id).toList();
        assertThat(all).doesNotHaveDuplicates().hasSize(60);
    }

    @Test
    void endpoints_have_nothing_to_do_with_each_other() {
        EndpointId sick = someEndpoint();
        EndpointId well = someEndpoint();
        deliverMany(20, sick);
        deliver(event(), well);
        claim(sick, ALL).forEach(claim -> settle(this, claim, retryIn(Duration.ofHours(1))));

        assertThat(queue().due(clock.instant()).now()).containsExactly(well);
        assertThat(settle(this, claimOne(well), DELIVERED)).contains(FailureStreak.NONE);
        assertThat(queue().backlog(sick).waiting()).isEqualTo(20);
        assertThat(queue().backlog(well).waiting()).isZero();
    }

    @Test
    void a_backlog_is_as_old_as_its_first_and_due_when_the_next_is() {
        EndpointId endpoint = someEndpoint();
        Instant made = clock.instant();
        deliver(event(), endpoint);
        assertThat(queue().backlog(endpoint)).isEqualTo(new Backlog(1, Optional.of(made), Optional.of(made)));

        Claim claim = claimOne(endpoint);
        assertThat(queue().backlog(endpoint).due()).contains(made.plus(LEASE));
        settle(this, claim, retryIn(Duration.ofHours(2)));
        clock.advance(Duration.ofHours(1));
        assertThat(queue().backlog(endpoint))
                .isEqualTo(new Backlog(1, Optional.of(made), Optional.of(made.plus(Duration.ofHours(2)))));

        deliver(event(), endpoint);
        Instant second = clock.instant();
        assertThat(queue().backlog(endpoint)).isEqualTo(new Backlog(2, Optional.of(made), Optional.of(second)));
    }

    @Test
    void no_more_are_taken_in_a_second_than_the_endpoint_bears() {
        EndpointId endpoint = someEndpoint();
        deliverMany(30, endpoint);
        OptionalInt five = OptionalInt.of(5);

        assertThat(queue().claim(endpoint, 3, five, clock.instant(), LEASE)).hasSize(3);
        assertThat(queue().claim(endpoint, ALL, five, clock.instant(), LEASE)).hasSize(2);
        assertThat(queue().claim(endpoint, ALL, five, clock.instant(), LEASE)).isEmpty();
        clock.advance(Duration.ofMillis(400));
        assertThat(queue().claim(endpoint, ALL, five, clock.instant(), LEASE)).hasSize(2);
        clock.advance(Duration.ofHours(1));
        assertThat(queue().claim(endpoint, ALL, five, clock.instant(), LEASE)).hasSize(5);
    }

    @Test
    void what_is_sent_again_is_due_at_once_and_begins_its_schedule_anew() {
        EndpointId endpoint = someEndpoint();
        deliver(event(), endpoint);
        settle(this, claimOne(endpoint), retryIn(Duration.ofSeconds(5)));
        clock.advance(Duration.ofSeconds(5));
        Claim last = claimOne(endpoint);
        settle(this, last, DEAD);
        clock.advance(Duration.ofDays(1));

        assertThat(queue().redeliver(last.id(), clock.instant())).isPresent();
        Claim again = claimOne(endpoint);
        assertThat(again.id()).isEqualTo(last.id());
        assertThat(again.event()).isEqualTo(last.event());
        assertThat(again.number()).isEqualTo(3);
        assertThat(again.failures()).isZero();
        queue().redeliver(last.id(), clock.instant());
        assertThat(claim(endpoint, ALL)).isEmpty();
        settle(this, again, DELIVERED);
        queue().redeliver(last.id(), clock.instant());
        assertThat(claimOne(endpoint).number()).isEqualTo(4);
    }

    @Test
    void dead_ones_are_recovered_by_when_they_were_made() {
        EndpointId endpoint = someEndpoint();
        Set<DeliveryId> old = deadOnes(2, endpoint);
        clock.advance(Duration.ofHours(3));
        Instant since = clock.instant();
        Set<DeliveryId> young = deadOnes(4, endpoint);
        clock.advance(Duration.ofHours(3));

        assertThat(queue().recover(endpoint, since, clock.instant(), 3)).isEqualTo(3);
        assertThat(queue().recover(endpoint, since, clock.instant(), ALL)).isEqualTo(1);
        assertThat(queue().recover(endpoint, since, clock.instant(), ALL)).isZero();
        List<Claim> claims = claim(endpoint, ALL);
        assertThat(claims).extracting(Claim::id).containsExactlyInAnyOrderElementsOf(young);
        assertThat(claims).allMatch(claim -> claim.failures() == 0 && claim.number() == 2);
        assertThat(queue().recover(endpoint, Instant.EPOCH, clock.instant(), ALL))
                .isEqualTo(old.size());
    }

    private Set<DeliveryId> deadOnes(int count, EndpointId endpoint) {
        deliverMany(count, endpoint);
        Set<DeliveryId> dead = new HashSet<>();
        for (Claim claim : claim(endpoint, count)) {
            settle(this, claim, DEAD);
            dead.add(claim.id());
        }
        return dead;
    }
}
