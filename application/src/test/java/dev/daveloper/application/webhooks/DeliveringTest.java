package dev.daveloper.application.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.RecordingTracer;
import dev.daveloper.application.webhooks.out.WebhookSender.Outbound;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.Subscription;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveringTest {
    private WebhooksFixture gateway = WebhooksFixture.open();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void an_answer_is_told_to_whoever_wants_it() throws Exception {
        Endpoint endpoint = gateway.endpoint("a.example", EventType.RUN_COMPLETED);

        Run run = gateway.answered(gateway.session());

        await().until(() -> gateway.sender.sent().size() == 1);
        Outbound sent = gateway.sender.sent().getFirst();
        assertThat(sent.body()).isEqualTo("{\"type\":\"chat.run.completed\"}");
        GatewayEvent.RunEnded ended = (GatewayEvent.RunEnded) gateway.events.stream()
                .filter(GatewayEvent.RunEnded.class::isInstance)
                .findFirst()
                .orElseThrow();
        EventId id = EventId.of(
                EventType.RUN_COMPLETED, ended.message().at(), run.id().value());
        assertThat(sent.headers()).containsEntry("webhook-id", id.value());
        await().until(() -> gateway.deliveries(endpoint.id()).getFirst().state() instanceof DeliveryState.Delivered);
    }

    @Test
    void what_is_sent_can_be_verified_with_both_secrets_during_a_rotation() throws Exception {
        Endpoint before = gateway.endpoint("a.example", EventType.RUN_COMPLETED);
        Endpoint after =
                gateway.webhooks().rotate(before.id(), Optional.empty(), Optional.empty(), Duration.ofHours(1));

        gateway.answered(gateway.session());

        await().until(() -> gateway.sender.sent().size() == 1);
        Outbound sent = gateway.sender.sent().getFirst();
        String id = sent.headers().get("webhook-id");
        long at = Long.parseLong(sent.headers().get("webhook-timestamp"));
        byte[] body = sent.body().getBytes(StandardCharsets.UTF_8);
        assertThat(at).isEqualTo(gateway.clock.instant().getEpochSecond());
        assertThat(sent.headers().get("webhook-signature").split(" ", -1))
                .containsExactly(
                        after.signing().current().sign(id, at, body),
                        before.signing().current().sign(id, at, body));
    }

    @Test
    void sessions_are_told_of_when_they_begin_and_end() throws Exception {
        gateway.endpoint("a.example", EventType.SESSION_OPENED, EventType.SESSION_ENDED);

        SessionId session = gateway.session();
        gateway.core().sessions().end(session);

        await().until(() -> gateway.sender.sent().size() == 2);
        assertThat(gateway.sender.sent())
                .extracting(Outbound::body)
                .containsExactlyInAnyOrder("{\"type\":\"session.opened\"}", "{\"type\":\"session.ended\"}");
    }

    @Test
    void one_session_s_endpoint_hears_of_that_alone() throws Exception {
        SessionId session = gateway.session();
        gateway.endpoint("a.example", new Subscription(Set.of(), Optional.of(session)), true);
        gateway.endpoint("b.example", EventType.RUN_COMPLETED);

        gateway.answered(gateway.session());
        gateway.answered(session);

        await().until(() -> gateway.sender.sentTo("b.example").size() == 2);
        await().until(() -> gateway.sender.sentTo("a.example").size() == 1);
    }

    @Test
    void without_an_endpoint_nothing_is_put_down_and_no_store_is_asked() throws Exception {
        await().until(() -> gateway.calls.get() >= 3);
        SessionId session = gateway.session();
        int before = gateway.calls.get();

        gateway.answered(session);

        assertThat(gateway.calls).hasValue(before);
        assertThat(gateway.held.waiting(1)).isEmpty();
        assertThat(gateway.told).isEmpty();
    }

    @Test
    void what_was_put_down_before_a_crash_is_delivered_after_it() throws Exception {
        Endpoint endpoint = gateway.endpoint("a.example", EventType.RUN_COMPLETED);
        gateway.sender.hang("a.example");
        gateway.answered(gateway.session());
        await().until(() -> gateway.sender.underWay() == 1);

        gateway.restart();
        gateway.sender.release("a.example");

        assertThat(gateway.sender.interrupted()).isEqualTo(1);
        await().until(() -> gateway.deliveries(endpoint.id()).getFirst().state() instanceof DeliveryState.Delivered);
        assertThat(gateway.sender.sent()).hasSize(2);
        assertThat(gateway.deliveries(endpoint.id()).getFirst().attempts()).isEqualTo(1);
    }

    @Test
    void an_event_whose_relay_died_is_handed_on_by_the_next() {
        Endpoint endpoint = gateway.endpoint("a.example", EventType.SESSION_OPENED);
        gateway.close();
        gateway.held.put(opened("x"));

        gateway.restart();

        await().until(() -> gateway.sender.sent().size() == 1);
        assertThat(gateway.deliveries(endpoint.id())).hasSize(1);
    }

    @Test
    void a_test_reaches_an_endpoint_that_is_disabled_and_wants_nothing_and_is_tried_once() {
        Endpoint endpoint =
                gateway.endpoint("a.example", new Subscription(Set.of(EventType.RUN_FAILED), Optional.empty()), false);
        gateway.sender.answer("a.example", 500);

        Delivery delivery = gateway.webhooks().test(endpoint.id());

        await().until(() ->
                gateway.webhooks().delivery(delivery.id()).delivery().state().kind() == DeliveryState.Kind.DEAD);
        assertThat(gateway.sender.sent()).hasSize(1);
        assertThat(gateway.sender.sent().getFirst().body()).isEqualTo("{\"type\":\"webhook.test\"}");
    }

    @Test
    void each_attempt_is_a_span_below_what_caused_it() throws Exception {
        gateway.close();
        RecordingTracer tracer = new RecordingTracer();
        gateway = WebhooksFixture.open(tracer);
        gateway.endpoint("a.example", EventType.RUN_COMPLETED);

        gateway.answered(gateway.session());

        await().until(() -> tracer.ended("webhook").isPresent());
        RecordingTracer.Recorded span = tracer.ended("webhook").orElseThrow();
        assertThat(span.attributes())
                .containsEntry("daveloper.webhook.attempt", 1L)
                .containsEntry("http.response.status_code", 200L);
        assertThat(gateway.sender.sent().getFirst().headers())
                .containsEntry("traceparent", span.sent().orElseThrow().traceparent());
    }

    @Test
    void what_waits_for_nobody_that_is_known_is_forgotten() {
        Endpoint endpoint = gateway.endpoint("a.example", EventType.SESSION_OPENED);
        gateway.endpoint("b.example", EventType.RUN_FAILED);
        gateway.webhooks().delete(endpoint.id(), Optional.empty());

        gateway.held.distribute(opened("late"), Set.of(endpoint.id()), gateway.clock.instant(), 100);

        await().until(() -> gateway.held.queue().backlog(endpoint.id()).waiting() == 0);
        assertThat(gateway.sender.sent()).isEmpty();
    }

    private WebhookEvent opened(String source) {
        return new WebhookEvent(
                EventId.of(EventType.SESSION_OPENED, gateway.clock.instant(), source),
                EventType.SESSION_OPENED,
                Optional.empty(),
                gateway.clock.instant(),
                "{}",
                Optional.empty());
    }
}
