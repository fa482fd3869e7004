package dev.daveloper.application.testkit;

import static dev.daveloper.application.testkit.Conversations.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.chat.out.RunStore.Finished;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.application.webhooks.out.Outbox;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionEnd;
import dev.daveloper.domain.webhooks.Awaited;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.DeliveryState.Death;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link Outbox} does, and those that put events into it in steps of their own. */
public abstract class OutboxContract extends WebhooksContract {
    private static final int ALL = 100;
    private static final PageRequest PAGE = new PageRequest(100, Optional.empty());

    @Test
    void what_is_put_down_waits_as_it_is_and_once() {
        WebhookEvent plain = event(EventType.RUN_FAILED, session(), "{\"text\":\"ä漢😀 \\u0000 \\\" \"}");
        WebhookEvent traced = tracedEvent("{}");
        outbox().put(plain);
        outbox().put(traced);
        outbox().put(plain);

        assertThat(outbox().waiting(ALL)).containsExactlyInAnyOrder(plain, traced);
        assertThat(outbox().waiting(1)).hasSize(1);
    }

    @Test
    void the_end_of_a_run_and_the_word_of_it_are_one_step() {
        NewRun question = conversations.question("Why?").in(conversations.someSession());
        stores.runs().begin(question);
        clock.advance(LEASE);
        Lease lease = stores.runs().takeOverExpired(LEASE, 1).getFirst();
        AssistantMessage answer = conversations.answer(question.run(), "Because.");
        WebhookEvent told = event();
        WebhookEvent again = event();

        assertThat(stores.runs().finish(new Lease(question.run(), 1), answer, List.of(), Optional.of(event())))
                .isNotEqualTo(Finished.DONE);
        assertThat(outbox().waiting(ALL)).isEmpty();
        assertThat(stores.runs().finish(lease, answer, List.of(), Optional.of(told)))
                .isEqualTo(Finished.DONE);
        assertThat(outbox().waiting(ALL)).containsExactly(told);
        stores.runs().finish(lease, answer, List.of(), Optional.of(again));
        stores.runs().finish(lease, conversations.answer(question.run(), "Or not."), List.of(), Optional.of(again));
        assertThat(outbox().waiting(ALL)).containsExactly(told);
    }

    @Test
    void a_run_that_is_unknown_tells_nothing() {
        NewRun never = conversations.question("Why?").leasedFor(LEASE).in(conversations.someSession());
        assertThat(stores.runs()
                        .finish(
                                new Lease(never.run(), 1),
                                conversations.answer(never.run(), "Because."),
                                List.of(),
                                Optional.of(event())))
                .isNotEqualTo(Finished.DONE);
        assertThat(outbox().waiting(ALL)).isEmpty();
    }

    @Test
    void a_session_and_the_word_of_it_are_one_step_when_it_is_opened_and_when_it_ends() {
        Session session = conversations.newSession();
        WebhookEvent opened = event(EventType.SESSION_OPENED, session.id(), "{}");
        WebhookEvent ended = event(EventType.SESSION_ENDED, session.id(), "{\"a\":1}");
        boolean created = stores.sessions()
                .create(
                        session,
                        conversations.newToken().hash(),
                        clock.instant().plusSeconds(60),
                        Optional.empty(),
                        Optional.of(opened));
        assertThat(created).isTrue();
        assertThat(outbox().waiting(ALL)).containsExactly(opened);

        assertThat(stores.sessions().end(session.id(), SessionEnd.REVOKED, clock.instant(), Optional.of(ended)))
                .isTrue();
        assertThat(outbox().waiting(ALL)).containsExactlyInAnyOrder(opened, ended);
        assertThat(stores.sessions().end(session.id(), SessionEnd.ENDED, clock.instant(), Optional.of(event())))
                .isFalse();
        assertThat(stores.sessions()
                        .end(conversations.someSession(), SessionEnd.ENDED, clock.instant(), Optional.of(event())))
                .isFalse();
        assertThat(outbox().waiting(ALL)).hasSize(2);
    }

    @Test
    void an_event_becomes_a_delivery_for_each_endpoint_and_waits_no_more() {
        EndpointId a = someEndpoint();
        EndpointId b = someEndpoint();
        WebhookEvent event = tracedEvent("{\"n\":1}");
        outbox().put(event);
        outbox().distribute(event, Set.of(a, b), clock.instant(), MANY);

        assertThat(outbox().waiting(ALL)).isEmpty();
        for (EndpointId endpoint : List.of(a, b)) {
            Delivery delivery =
                    queue().list(endpoint, Optional.empty(), PAGE).items().getFirst();
            assertThat(delivery.state()).isEqualTo(new DeliveryState.Waiting(clock.instant()));
            assertThat(queue().find(delivery.id()).orElseThrow().event()).isEqualTo(event);
            assertThat(delivery.attempts()).isZero();
        }
    }

    @Test
    void what_nobody_wants_is_taken_out() {
        WebhookEvent event = event();
        outbox().put(event);
        outbox().distribute(event, Set.of(), clock.instant(), MANY);
        assertThat(outbox().waiting(ALL)).isEmpty();
        assertThat(queue().due(clock.instant()).now()).isEmpty();
    }

    @Test
    void an_event_that_is_distributed_again_makes_no_second_delivery_whatever_became_of_the_first() {
        EndpointId waiting = someEndpoint();
        EndpointId done = someEndpoint();
        EndpointId late = someEndpoint();
        WebhookEvent event = event();
        deliver(event, waiting, done);
        DeliveryQueueContract.settle(this, claimOne(done), DELIVERED);

        deliver(event, waiting, done, late);

        assertThat(queue().list(waiting, Optional.empty(), PAGE).items()).hasSize(1);
        assertThat(queue().list(late, Optional.empty(), PAGE).items()).hasSize(1);
        assertThat(queue().list(done, Optional.empty(), PAGE).items())
                .singleElement()
                .extracting(delivery -> delivery.state().kind())
                .isEqualTo(DeliveryState.Kind.DELIVERED);
        assertThat(claim(done, ALL)).isEmpty();
    }

    @Test
    void what_does_not_fit_into_an_endpoints_queue_is_dead_from_the_start_and_can_be_sent_again() {
        EndpointId endpoint = someEndpoint();
        for (int i = 0; i < 3; i++) {
            WebhookEvent event = event();
            outbox().put(event);
            outbox().distribute(event, Set.of(endpoint), clock.instant(), 2);
            clock.advance(Duration.ofMillis(5));
        }
        Delivery dead = queue().list(endpoint, Optional.of(DeliveryState.Kind.DEAD), PAGE)
                .items()
                .getFirst();
        assertThat(dead.state())
                .isInstanceOfSatisfying(
                        DeliveryState.Dead.class,
                        state -> assertThat(state.why()).isEqualTo(Death.BACKLOG_FULL));
        assertThat(queue().backlog(endpoint).waiting()).isEqualTo(2);

        queue().redeliver(dead.id(), clock.instant());
        assertThat(claim(endpoint, ALL)).hasSize(3);
    }

    @Test
    void what_is_awaited_is_noted_once_and_found_by_its_age_until_it_is_settled() {
        Ids ids = new Ids(clock, new SecureRandom());
        Awaited ingestion = new Awaited.Ingestion(JobId.next(ids), Scope.of(session()));
        Awaited deletion = new Awaited.Deletion(DocumentId.next(ids), Scope.SHARED);
        outbox().await(ingestion, clock.instant());
        clock.advance(Duration.ofMinutes(1));
        outbox().await(ingestion, clock.instant());
        outbox().await(deletion, clock.instant());

        assertThat(outbox().awaited(clock.instant(), ALL)).containsExactly(ingestion);
        clock.advance(Duration.ofMinutes(1));
        assertThat(outbox().awaited(clock.instant(), ALL)).containsExactly(ingestion, deletion);
        assertThat(outbox().awaited(clock.instant(), 1)).containsExactly(ingestion);

        outbox().settle(ingestion);
        outbox().settle(ingestion);
        assertThat(outbox().awaited(clock.instant(), ALL)).containsExactly(deletion);
    }
}
