package dev.daveloper.application.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.domain.Ids;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.failures.Changed;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.failures.WebhookRefused;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.Reachable;
import dev.daveloper.domain.webhooks.SigningSecret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhooksServiceTest {
    private static final int MOST = 3;

    private final WebhooksFixture gateway = WebhooksFixture.open(new WebhookSettings(
            WebhookSettings.DEFAULT.urls(),
            Reachable.PUBLIC,
            WebhookSettings.DEFAULT.schedule(),
            Duration.ofSeconds(15),
            16,
            MOST,
            100,
            Duration.ofDays(7)));

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void there_are_as_many_endpoints_as_may_be() {
        for (int i = 0; i < MOST; i++) {
            gateway.endpoint("a" + i + ".example");
        }

        assertThatThrownBy(() -> gateway.endpoint("b.example"))
                .isInstanceOfSatisfying(
                        WebhookRefused.class, e -> assertThat(e.code()).isEqualTo(FailureCode.TOO_MANY_WEBHOOKS));
        assertThat(gateway.webhooks().list()).hasSize(MOST);
        assertThat(gateway.webhooks().overview().endpoints()).isEqualTo(MOST);
    }

    @Test
    void a_change_of_another_version_is_refused_and_one_of_any_is_made() {
        Endpoint first = gateway.endpoint("a.example");
        Endpoint second = gateway.webhooks().change(first.id(), Optional.of(first.version()), Wishes.described("one"));

        assertThatThrownBy(() ->
                        gateway.webhooks().change(first.id(), Optional.of(first.version()), Wishes.described("two")))
                .isInstanceOf(Changed.class);
        assertThatThrownBy(() -> gateway.webhooks().delete(first.id(), Optional.of(first.version())))
                .isInstanceOf(Changed.class);

        assertThat(second.description()).isEqualTo("one");
        assertThat(second.version()).isEqualTo(first.version() + 1);
        assertThat(gateway.webhooks()
                        .change(first.id(), Optional.empty(), Wishes.described("three"))
                        .description())
                .isEqualTo("three");
    }

    @Test
    void changes_of_any_version_at_the_same_time_are_all_made() throws Exception {
        Endpoint endpoint = gateway.endpoint("a.example");
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                String description = "number " + i;
                many.execute(() ->
                        gateway.webhooks().change(endpoint.id(), Optional.empty(), Wishes.described(description)));
            }
            many.shutdown();
            assertThat(many.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(gateway.webhooks().find(endpoint.id()).version()).isEqualTo(51);
    }

    @Test
    void what_is_no_more_is_told_nothing_and_found_no_more() {
        Endpoint endpoint = gateway.endpoint("a.example", EventType.SESSION_OPENED);

        gateway.webhooks().delete(endpoint.id(), Optional.empty());
        gateway.session();

        assertThatThrownBy(() -> gateway.webhooks().find(endpoint.id())).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> gateway.webhooks().test(endpoint.id())).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> gateway.webhooks().stats(endpoint.id(), Instant.EPOCH))
                .isInstanceOf(NotFound.class);
        assertThat(gateway.told).isEmpty();
    }

    @Test
    void what_never_was_is_not_found() {
        Ids ids = new Ids(gateway.clock, new SecureRandom());

        assertThatThrownBy(() -> gateway.webhooks().delivery(DeliveryId.next(ids)))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> gateway.webhooks().redeliver(DeliveryId.next(ids)))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> gateway.webhooks()
                        .deliveries(EndpointId.next(ids), Optional.empty(), new PageRequest(1, Optional.empty())))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void a_secret_is_not_replaced_while_two_sign_unless_the_old_one_ends_at_once() {
        Endpoint first = gateway.endpoint("a.example");
        rotate(first, Duration.ofHours(1));

        assertThatThrownBy(() -> rotate(first, Duration.ofHours(1)))
                .isInstanceOfSatisfying(
                        WebhookRefused.class, e -> assertThat(e.code()).isEqualTo(FailureCode.ROTATION_UNDER_WAY));
        Endpoint third = rotate(first, Duration.ZERO);

        assertThat(third.signing().previous()).isEmpty();
        rotate(first, Duration.ofHours(1));
        gateway.clock.advance(Duration.ofHours(1));
        rotate(first, Duration.ofHours(1));
        assertThatThrownBy(() -> rotate(first, Duration.ofDays(8))).isInstanceOf(InvalidValue.class);
    }

    private Endpoint rotate(Endpoint endpoint, Duration overlap) {
        return gateway.webhooks().rotate(endpoint.id(), Optional.empty(), Optional.empty(), overlap);
    }

    @Test
    void a_receiver_may_bring_its_own_secret() {
        SigningSecret own = SigningSecret.next(new SecureRandom());
        Endpoint endpoint = gateway.endpoint("a.example");

        Endpoint rotated =
                gateway.webhooks().rotate(endpoint.id(), Optional.empty(), Optional.of(own), Duration.ofDays(1));

        assertThat(rotated.signing().current()).isEqualTo(own);
    }

    @Test
    void what_was_delivered_is_delivered_again_as_the_same_event_when_somebody_wishes_so() {
        Endpoint endpoint = gateway.endpoint("a.example", EventType.SESSION_OPENED);
        gateway.session();
        await().until(() -> gateway.deliveries(endpoint.id()).getFirst().state() instanceof DeliveryState.Delivered);
        Delivery delivery = gateway.deliveries(endpoint.id()).getFirst();

        gateway.webhooks().redeliver(delivery.id());

        await().until(() -> gateway.sender.sent().size() == 2);
        assertThat(gateway.sender.sent())
                .extracting(sent -> sent.headers().get("webhook-id"))
                .containsOnly(delivery.event().value());
        assertThat(gateway.webhooks().delivery(delivery.id()).event().id()).isEqualTo(delivery.event());
        assertThat(gateway.webhooks()
                        .stats(endpoint.id(), Instant.EPOCH)
                        .streak()
                        .failures())
                .isZero();
    }
}
