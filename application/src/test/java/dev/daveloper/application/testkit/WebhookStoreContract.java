package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.webhooks.out.WebhookStore;
import dev.daveloper.domain.webhooks.CustomHeaders;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.Signing;
import dev.daveloper.domain.webhooks.SigningSecret;
import dev.daveloper.domain.webhooks.Standing;
import dev.daveloper.domain.webhooks.Subscription;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What every {@link WebhookStore} does. */
public abstract class WebhookStoreContract extends WebhooksContract {
    private static final int MAX = 3;
    private static final int RACERS = 16;

    @Test
    void an_endpoint_comes_back_as_it_was_added_with_its_secrets() {
        Endpoint full = endpoint();
        Endpoint bare = new Endpoint(
                someEndpoint(),
                full.url(),
                "",
                Subscription.EVERYTHING,
                CustomHeaders.NONE,
                OptionalInt.empty(),
                Signing.with(SigningSecret.next(new SecureRandom())),
                new Standing.Disabled(Standing.Reason.GONE, clock.instant()),
                clock.instant(),
                clock.instant(),
                1);
        assertThat(endpoints().add(full, MAX)).isTrue();
        assertThat(endpoints().add(bare, MAX)).isTrue();

        assertThat(endpoints().all()).containsExactlyInAnyOrder(full, bare);
    }

    @Test
    void they_are_listed_oldest_first() {
        Endpoint first = endpoint();
        clock.advance(Duration.ofSeconds(1));
        Endpoint second = endpoint();
        clock.advance(Duration.ofSeconds(1));
        Endpoint third = endpoint();
        endpoints().add(third, MAX);
        endpoints().add(first, MAX);
        endpoints().add(second, MAX);

        assertThat(endpoints().all()).containsExactly(first, second, third);
    }

    @Test
    void there_are_no_more_than_may_be_and_room_is_made_by_removing() {
        Endpoint first = endpoint();
        endpoints().add(first, MAX);
        endpoints().add(endpoint(), MAX);
        endpoints().add(endpoint(), MAX);
        Endpoint fourth = endpoint();
        assertThat(endpoints().add(fourth, MAX)).isFalse();
        assertThat(endpoints().all()).hasSize(MAX).doesNotContain(fourth);

        assertThat(endpoints().remove(first.id(), 1)).isTrue();
        assertThat(endpoints().add(fourth, MAX)).isTrue();
    }

    @Test
    void a_change_takes_the_place_of_the_version_that_it_was_made_from_alone() {
        Endpoint first = endpoint();
        endpoints().add(first, MAX);
        Endpoint second =
                first.with(new Standing.Disabled(Standing.Reason.REQUESTED, clock.instant()), clock.instant());
        assertThat(endpoints().replace(second)).isTrue();
        assertThat(endpoints().replace(second)).isFalse();
        assertThat(endpoints().replace(first.with(Standing.ENABLED, clock.instant())))
                .isFalse();
        assertThat(endpoints().all()).containsExactly(second);

        assertThat(endpoints().remove(first.id(), 1)).isFalse();
        assertThat(endpoints().remove(first.id(), 2)).isTrue();
        assertThat(endpoints().remove(first.id(), 2)).isFalse();
        assertThat(endpoints().replace(second.with(Standing.ENABLED, clock.instant())))
                .isFalse();
        assertThat(endpoints().all()).isEmpty();
    }

    @Test
    void of_many_who_change_a_version_at_once_one_does() throws Exception {
        Endpoint first = endpoint();
        endpoints().add(first, MAX);

        List<Boolean> done = Racing.race(
                RACERS,
                i -> endpoints()
                        .replace(first.with(
                                first.signing().rotated(SigningSecret.next(new SecureRandom()), clock.instant()),
                                clock.instant())));

        assertThat(done).containsOnlyOnce(true);
        assertThat(endpoints().all().getFirst().version()).isEqualTo(2);
    }

    @Test
    void of_many_who_add_at_once_as_many_do_as_may() throws Exception {
        List<Boolean> done = Racing.race(RACERS, i -> endpoints().add(endpoint(), MAX));

        assertThat(done.stream().filter(added -> added)).hasSize(MAX);
        assertThat(endpoints().all()).hasSize(MAX);
    }
}
