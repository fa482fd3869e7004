package dev.daveloper.application.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.Breaker;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.RetrySchedule;
import dev.daveloper.domain.webhooks.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatienceTest {
    /** That an endpoint is left alone for. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final WebhooksFixture gateway = WebhooksFixture.open();

    @AfterEach
    void close() {
        gateway.close();
    }

    private Delivery only(Endpoint endpoint) {
        return gateway.deliveries(endpoint.id()).getFirst();
    }

    private Instant dueAt(Endpoint endpoint) {
        return ((DeliveryState.Waiting) only(endpoint).state()).dueAt();
    }

    private void awaitAttempts(Endpoint endpoint, int attempts) {
        await().until(() ->
                only(endpoint).attempts() == attempts && !(only(endpoint).state() instanceof DeliveryState.Sending));
    }

    @Test
    void a_failure_is_tried_again_by_the_schedule_until_it_succeeds() {
        gateway.sender.answer("a.example", 500);
        Endpoint endpoint = gateway.endpoint("a.example", EventType.SESSION_OPENED);
        gateway.session();
        awaitAttempts(endpoint, 1);
        Instant now = gateway.clock.instant();
        assertThat(dueAt(endpoint)).isBetween(now.plusSeconds(5), now.plusSeconds(6));

        gateway.later(Duration.ofSeconds(6), endpoint.id());
        awaitAttempts(endpoint, 2);
        gateway.sender.answer("a.example", 200);
        gateway.later(Duration.ofMinutes(6), endpoint.id());

        awaitAttempts(endpoint, 3);
        assertThat(only(endpoint).state()).isInstanceOf(DeliveryState.Delivered.class);
        assertThat(gateway.sender.sent())
                .extracting(sent -> sent.headers().get("webhook-id"))
                .containsOnly(only(endpoint).event().value());
    }

    @Test
    void a_receiver_that_asks_for_patience_gets_it() {
        gateway.sender.answer("a.example", 503);
        gateway.sender.askForPatience(Duration.ofHours(1));
        Endpoint endpoint = gateway.endpoint("a.example", EventType.SESSION_OPENED);

        gateway.session();

        awaitAttempts(endpoint, 1);
        assertThat(dueAt(endpoint)).isAfterOrEqualTo(gateway.clock.instant().plus(Duration.ofHours(1)));
    }

    @Test
    void what_failed_by_the_whole_schedule_is_dead_and_can_be_recovered() {
        gateway.sender.answer("a.example", 500);
        Endpoint endpoint = gateway.endpoint("a.example", EventType.SESSION_OPENED);
        Instant began = gateway.clock.instant();
        gateway.session();
        int attempts = 0;
        for (Duration wait : RetrySchedule.STANDARD.waits()) {
            awaitAttempts(endpoint, ++attempts);
            gateway.later(wait.plus(wait.dividedBy(10)), endpoint.id());
        }
        awaitAttempts(endpoint, 10);
        assertThat(only(endpoint).state())
                .isInstanceOfSatisfying(
                        DeliveryState.Dead.class,
                        dead -> assertThat(dead.why()).isEqualTo(DeliveryState.Death.EXHAUSTED));
        gateway.sender.answer("a.example", 200);
        gateway.webhooks().change(endpoint.id(), Optional.empty(), Wishes.enabled(true));
        gateway.clock.advance(LONGEST_PAUSE);

        assertThat(gateway.webhooks().recover(endpoint.id(), began)).isEqualTo(1);

        await().until(() -> only(endpoint).state() instanceof DeliveryState.Delivered);
    }

    @Test
    void an_endpoint_that_fails_again_and_again_is_left_alone_and_costs_its_deliveries_nothing() {
        gateway.sender.answer("a.example", 500);
        Endpoint endpoint = gateway.endpoint("a.example", EventType.SESSION_OPENED);
        for (int i = 0; i < 20; i++) {
            gateway.session();
        }
        await().until(() -> gateway.webhooks().overview().leftAlone() == 1
                && gateway.webhooks().overview().sending() == 0);
        int sent = gateway.sender.sent().size();
        assertThat(sent).isBetween(Breaker.FAILURES, Breaker.FAILURES + 2);
        gateway.sender.answer("a.example", 200);

        gateway.later(Duration.ofSeconds(6), endpoint.id());

        await().until(() -> gateway.deliveries(endpoint.id()).stream()
                .allMatch(delivery -> delivery.state() instanceof DeliveryState.Delivered));
        assertThat(gateway.webhooks().overview().leftAlone()).isZero();
    }

    @Test
    void a_receiver_that_says_it_is_gone_is_disabled_and_the_others_hear_of_it() {
        Endpoint gone = gateway.endpoint("gone.example", EventType.SESSION_OPENED);
        gateway.endpoint("b.example", EventType.ENDPOINT_DISABLED);
        gateway.sender.answer("gone.example", 410);

        gateway.session();

        await().until(() -> gateway.sender.sentTo("b.example").size() == 1);
        assertThat(gateway.webhooks().find(gone.id()).standing())
                .isInstanceOfSatisfying(
                        Standing.Disabled.class,
                        disabled -> assertThat(disabled.reason()).isEqualTo(Standing.Reason.GONE));
        assertThat(only(gone).state())
                .isInstanceOfSatisfying(
                        DeliveryState.Dead.class, dead -> assertThat(dead.why()).isEqualTo(DeliveryState.Death.GONE));
        assertThat(gateway.webhooks().overview().disabled()).isEqualTo(1);
    }

    @Test
    void an_endpoint_that_nothing_reaches_for_days_is_disabled() {
        gateway.sender.answer("a.example", 500);
        Endpoint endpoint = gateway.endpoint("a.example", EventType.SESSION_OPENED);
        gateway.endpoint("b.example", EventType.ENDPOINT_DISABLED);
        gateway.session();
        awaitAttempts(endpoint, 1);
        for (int i = 2; i <= 9; i++) {
            gateway.later(Duration.ofHours(24), endpoint.id());
            awaitAttempts(endpoint, i);
        }

        await().until(() -> gateway.sender.sentTo("b.example").size() == 1);
        assertThat(gateway.webhooks().find(endpoint.id()).isEnabled()).isFalse();
        assertThat(gateway.events)
                .anyMatch(event -> event instanceof GatewayEvent.EndpointDisabled disabled
                        && disabled.reason() == Standing.Reason.FAILING);
    }

    @Test
    void an_endpoint_that_hangs_delays_nobody_else() {
        gateway.sender.hang("slow.example");
        gateway.endpoint("slow.example", EventType.SESSION_OPENED);
        gateway.endpoint("b.example", EventType.SESSION_OPENED);

        for (int i = 0; i < 50; i++) {
            gateway.session();
        }

        await().until(() -> gateway.sender.sentTo("b.example").size() == 50);
        assertThat(gateway.sender.underWay()).isBetween(1, 2);
        gateway.sender.release("slow.example");
        await().until(() -> gateway.sender.sentTo("slow.example").size() == 50);
    }

    @Test
    void what_waits_for_a_disabled_endpoint_is_sent_when_it_is_enabled() throws Exception {
        Endpoint endpoint = gateway.endpoint("a.example", EventType.SESSION_OPENED);
        gateway.sender.answer("a.example", 500);
        gateway.session();
        awaitAttempts(endpoint, 1);
        gateway.webhooks().change(endpoint.id(), Optional.empty(), Wishes.enabled(false));
        SessionId untold = gateway.session();
        gateway.sender.answer("a.example", 200);
        gateway.later(Duration.ofSeconds(10), endpoint.id());
        gateway.core().sessions().end(untold);
        assertThat(gateway.deliveries(endpoint.id())).hasSize(1);

        gateway.webhooks().change(endpoint.id(), Optional.empty(), Wishes.enabled(true));

        awaitAttempts(endpoint, 2);
        assertThat(only(endpoint).state()).isInstanceOf(DeliveryState.Delivered.class);
    }

    @Test
    void while_the_store_is_away_nothing_is_lost_and_trouble_is_told_once() {
        gateway.endpoint("a.example", EventType.SESSION_OPENED);
        gateway.sender.hang("a.example");
        gateway.session();
        await().until(() -> gateway.sender.underWay() == 1);
        gateway.held.goAway();
        gateway.sender.release("a.example");
        await().until(() -> gateway.events.stream().anyMatch(GatewayEvent.Trouble.class::isInstance));

        gateway.held.comeBack();

        await().until(() -> gateway.webhooks().overview().sending() == 0);
        assertThat(gateway.sender.sent()).hasSize(1);
        assertThat(gateway.events.stream()
                        .filter(event -> event instanceof GatewayEvent.Trouble trouble
                                && trouble.where().equals("webhook-dispatcher"))
                        .count())
                .isLessThanOrEqualTo(1);
    }
}
