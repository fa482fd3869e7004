package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.out.RunStore.Finished;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.Racing;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Known;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.health.Status;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.Trouble;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.redis.RedisConfig.Timeouts;
import dev.daveloper.redis.testkit.RedisProcess;
import dev.daveloper.redis.testkit.Relay;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes that die, answers that are lost and a Redis that stands still: what is told is told, and once. */
@Timeout(120)
class WebhooksThatFailTest {
    private static final Timeouts QUICK =
            new Timeouts(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofMillis(200));

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final RedisProcess server = RedisProcess.start();
    private final Relay network = Relay.to(server.port());
    private final Conversations conversations = new Conversations(InstantSource.system());
    private final SessionId session = conversations.someSession();

    @AfterEach
    void closeServer() {
        network.close();
        server.close();
    }

    private RedisAdapters open() throws InterruptedException {
        return opener.open(opener.at(network.url()).with(WebhookThings.KEYS).with(QUICK));
    }

    private Endpoint added(RedisAdapters adapters) {
        Endpoint endpoint = WebhookThings.endpoint("one");
        assertThat(adapters.webhookStore().add(endpoint, 9)).isTrue();
        return endpoint;
    }

    private static void awaitHealed(HealthProbe probe) {
        await().atMost(CoreFixture.SOON).until(() -> probe.check().status() == Status.PASS);
    }

    private static boolean refuses(Runnable step) {
        try {
            step.run();
            return false;
        } catch (StoreUnavailable e) {
            return true;
        }
    }

    /**
     * Has it done in the server while the answer to it is lost.
     *
     * @param step whose script the server knows: otherwise the answer that is lost would be that it does not
     * @param trace what is in the server when it was done, and not before
     */
    private void doneWithoutAnswer(RedisAdapters adapters, Runnable step, String trace) throws Exception {
        assertThat(contents()).doesNotContain(trace);
        network.stallReplies(true);
        assertThat(Racing.race(1, i -> refuses(step))).containsExactly(true);
        await().atMost(CoreFixture.SOON).until(() -> contents().contains(trace));
        network.cut();
        network.stallReplies(false);
        awaitHealed(adapters.probe());
    }

    private String contents() {
        return StoredData.contents(server, opener.prefix()).toString();
    }

    private Finished finish(RedisAdapters adapters, NewRun begun, AssistantMessage answer, WebhookEvent told) {
        return adapters.runStore().finish(new Lease(begun.run(), 1), answer, List.of(), Optional.of(told));
    }

    private NewRun begin(RedisAdapters adapters, SessionId in) {
        NewRun begun = conversations.question("q").in(in);
        adapters.runStore().begin(begun);
        return begun;
    }

    @Test
    void the_end_of_a_run_that_was_not_answered_for_is_told_once() throws Exception {
        RedisAdapters adapters = open();
        NewRun before = begin(adapters, conversations.someSession());
        WebhookEvent first = WebhookThings.event(before.run().sessionId());
        finish(adapters, before, conversations.answer(before.run(), "a"), first);
        adapters.outbox().distribute(first, Set.of(), Instant.now(), WebhookThings.MANY);
        NewRun begun = begin(adapters, session);
        AssistantMessage answer = conversations.answer(begun.run(), "a");
        WebhookEvent told = WebhookThings.event(session);

        doneWithoutAnswer(
                adapters, () -> finish(adapters, begun, answer, told), told.id().value());
        assertThat(finish(adapters, begun, answer, told)).isEqualTo(Finished.DONE);
        assertThat(adapters.outbox().waiting(9)).containsExactly(told);

        adapters.outbox().distribute(told, Set.of(), Instant.now(), WebhookThings.MANY);
        assertThat(finish(adapters, begun, answer, told)).isEqualTo(Finished.DONE);
        assertThat(adapters.outbox().waiting(9)).as("what was handed on").isEmpty();
    }

    @Test
    void what_was_handed_on_without_an_answer_is_one_delivery_when_it_is_handed_on_again() throws Exception {
        RedisAdapters adapters = open();
        EndpointId endpoint = added(adapters).id();
        EndpointId other = WebhookThings.endpoint("other").id();
        WebhookThings.deliver(adapters, WebhookThings.event(session), Set.of(other));
        WebhookEvent told = WebhookThings.event(session);
        adapters.outbox().put(told);

        doneWithoutAnswer(
                adapters,
                () -> adapters.outbox().distribute(told, Set.of(endpoint), Instant.now(), WebhookThings.MANY),
                DeliveryId.of(told, endpoint).value());
        adapters.outbox().distribute(told, Set.of(endpoint), Instant.now(), WebhookThings.MANY);

        assertThat(WebhookThings.claim(adapters.deliveryQueue(), endpoint, WebhookThings.soon()))
                .extracting(Claim::event)
                .containsExactly(told);
        assertThat(adapters.outbox().waiting(9)).isEmpty();
    }

    @Test
    void an_attempt_that_was_noted_without_an_answer_is_counted_once() throws Exception {
        RedisAdapters adapters = open();
        EndpointId endpoint = added(adapters).id();
        DeliveryQueue queue = adapters.deliveryQueue();
        EndpointId other = WebhookThings.endpoint("other").id();
        WebhookThings.deliver(adapters, WebhookThings.event(session), Set.of(endpoint, other));
        Claim first = WebhookThings.claimOne(queue, other);
        queue.settle(first, WebhookThings.success(first), WebhookThings.DELIVERED);
        Claim claim = WebhookThings.claimOne(queue, endpoint);

        doneWithoutAnswer(
                adapters,
                () -> queue.settle(claim, WebhookThings.success(claim), WebhookThings.DELIVERED),
                endpoint + ":delivered");

        assertThat(queue.settle(claim, WebhookThings.success(claim), WebhookThings.DELIVERED))
                .isEmpty();
        assertThat(queue.find(claim.id()).map(Known::attempts).orElseThrow()).hasSize(1);
        Instant now = Instant.now();
        assertThat(queue.stats(endpoint, now.minus(Duration.ofHours(1)), now).attempts())
                .isEqualTo(Map.of(Trouble.NONE, 1L));
    }

    @Test
    void what_a_dead_node_had_claimed_is_another_nodes_when_its_lease_ends() throws Exception {
        RedisAdapters dead = open();
        RedisAdapters other = open();
        EndpointId endpoint = added(dead).id();
        assertThat(other.webhookStore().all()).hasSize(1);
        DeliveryQueue queue = other.deliveryQueue();
        for (int i = 0; i < 3; i++) {
            WebhookThings.deliver(dead, WebhookThings.event(session), Set.of(endpoint));
        }
        Instant then = WebhookThings.soon();
        List<Claim> lost = WebhookThings.claim(dead.deliveryQueue(), endpoint, then);
        assertThat(lost).hasSize(3);
        dead.close();

        assertThat(queue.due(then).now()).isEmpty();
        assertThat(WebhookThings.claim(queue, endpoint, then)).isEmpty();
        Instant later = then.plus(WebhookThings.LEASE).plusMillis(1);
        assertThat(queue.due(later).now()).containsExactly(endpoint);
        List<Claim> taken = WebhookThings.claim(queue, endpoint, later);
        assertThat(taken).extracting(Claim::id).containsExactlyInAnyOrderElementsOf(idsOf(lost));
        assertThat(taken).extracting(Claim::number).containsOnly(1);

        Claim late = lost.getFirst();
        assertThat(queue.settle(late, WebhookThings.success(late), WebhookThings.DELIVERED))
                .as("it comes too late")
                .isEmpty();
        assertThat(taken)
                .allMatch(claim -> queue.settle(claim, WebhookThings.success(claim), WebhookThings.DELIVERED)
                        .isPresent());
    }

    private static List<DeliveryId> idsOf(List<Claim> claims) {
        return claims.stream().map(Claim::id).toList();
    }

    @Test
    void a_redis_that_stands_still_is_told_of_and_what_it_has_goes_on_afterwards() throws Exception {
        RedisAdapters adapters = open();
        EndpointId endpoint = added(adapters).id();
        DeliveryQueue queue = adapters.deliveryQueue();
        WebhookThings.deliver(adapters, WebhookThings.event(session), Set.of(endpoint));
        Claim claim = WebhookThings.claimOne(queue, endpoint);
        WebhookEvent waits = WebhookThings.event(session);
        adapters.outbox().put(waits);

        server.freeze();
        for (Runnable step : List.<Runnable>of(
                () -> adapters.webhookStore().all(),
                () -> adapters.outbox().waiting(9),
                () -> queue.due(Instant.now()),
                () -> WebhookThings.claim(queue, endpoint, WebhookThings.soon()),
                () -> queue.find(claim.id()))) {
            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(step::run);
        }
        server.thaw();
        awaitHealed(adapters.probe());

        assertThat(adapters.outbox().waiting(9))
                .as("it is seen at once although it was asked for in vain")
                .containsExactly(waits);
        queue.settle(claim, WebhookThings.success(claim), WebhookThings.DELIVERED);
        assertThat(queue.find(claim.id()).orElseThrow().delivery().state().kind())
                .isEqualTo(DeliveryState.Kind.DELIVERED);
    }
}
