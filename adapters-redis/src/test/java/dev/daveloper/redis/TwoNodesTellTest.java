package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.out.RunStore.Finished;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.Racing;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes over one Redis: what either puts down is told by one of them, and no more often than is borne. */
@Timeout(120)
class TwoNodesTellTest {
    private static final int THREADS = 8;

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final Conversations conversations = new Conversations(InstantSource.system());
    private final SessionId session = conversations.someSession();
    private final EndpointId endpoint = WebhookThings.endpoint("one").id();
    private RedisAdapters a;
    private RedisAdapters b;

    @BeforeEach
    void openBoth() throws InterruptedException {
        a = opener.open(opener.config().with(WebhookThings.KEYS));
        b = opener.open(opener.config().with(WebhookThings.KEYS));
    }

    private DeliveryQueue queueOf(int racer) {
        return (racer % 2 == 0 ? a : b).deliveryQueue();
    }

    private List<WebhookEvent> deliver(int count) {
        List<WebhookEvent> events =
                Stream.generate(() -> WebhookThings.event(session)).limit(count).toList();
        events.forEach(event -> WebhookThings.deliver(a, event, Set.of(endpoint)));
        return events;
    }

    @Test
    void what_is_due_is_claimed_once_by_whichever_node_is_first() throws Exception {
        int count = 600;
        List<WebhookEvent> before = deliver(count / 2);
        List<WebhookEvent> meanwhile = new ArrayList<>();
        List<List<Claim>> claimed = Racing.race(THREADS, racer -> {
            if (racer == 0) {
                meanwhile.addAll(deliver(count / 2));
            }
            return claimAll(queueOf(racer));
        });
        List<Claim> claims =
                new ArrayList<>(claimed.stream().flatMap(List::stream).toList());
        // What came last may have found the others gone.
        claims.addAll(claimAll(a.deliveryQueue()));

        assertThat(claims).extracting(Claim::id).doesNotHaveDuplicates();
        assertThat(claims)
                .extracting(Claim::event)
                .containsAll(before)
                .containsAll(meanwhile)
                .hasSize(count);
        assertThat(claims.stream().map(claim -> claim.ticket().split("-", 2)[0]).distinct())
                .as("nodes that got any")
                .hasSize(2);
    }

    /** Until there is nothing for the moment. */
    private List<Claim> claimAll(DeliveryQueue queue) {
        List<Claim> claims = new ArrayList<>();
        List<Claim> some;
        do {
            some = queue.claim(endpoint, 7, OptionalInt.empty(), WebhookThings.soon(), WebhookThings.LEASE);
            claims.addAll(some);
        } while (!some.isEmpty());
        return claims;
    }

    @Test
    void a_claim_of_one_node_is_settled_by_no_other_ticket_of_the_other() throws Exception {
        deliver(1);
        Claim claim = WebhookThings.claimOne(a.deliveryQueue(), endpoint);
        List<Boolean> noted = Racing.race(
                THREADS,
                racer -> queueOf(racer)
                        .settle(claim, WebhookThings.success(claim), WebhookThings.DELIVERED)
                        .isPresent());
        assertThat(noted).containsOnlyOnce(true);
        assertThat(b.deliveryQueue().find(claim.id()).orElseThrow().attempts()).hasSize(1);
    }

    @Test
    void an_endpoints_rate_holds_over_both_nodes() throws Exception {
        deliver(40);
        OptionalInt rate = OptionalInt.of(10);
        Instant start = WebhookThings.soon();
        int taken = 0;
        for (int tenth = 0; tenth <= 20; tenth++) {
            Instant now = start.plus(Duration.ofMillis(100L * tenth));
            taken +=
                    Racing.race(THREADS, racer -> queueOf(racer).claim(endpoint, 3, rate, now, WebhookThings.LEASE))
                            .stream()
                            .mapToInt(List::size)
                            .sum();
            assertThat(taken).as("after %d tenths of a second", tenth).isEqualTo(10 + tenth);
        }
    }

    @Test
    void the_end_of_a_run_that_one_node_puts_down_is_handed_on_by_the_other() throws Exception {
        NewRun begun = conversations.question("q").in(session);
        a.runStore().begin(begun);
        WebhookEvent told = WebhookThings.event(session);
        assertThat(a.runStore()
                        .finish(
                                new Lease(begun.run(), 1),
                                conversations.answer(begun.run(), "a"),
                                List.of(),
                                Optional.of(told)))
                .isEqualTo(Finished.DONE);

        await().atMost(CoreFixture.SOON).until(() -> b.outbox().waiting(9).contains(told));
        b.outbox().distribute(told, Set.of(endpoint), Instant.now(), WebhookThings.MANY);
        assertThat(a.outbox().waiting(9)).isEmpty();
        assertThat(b.deliveryQueue().due(WebhookThings.soon()).now()).containsExactly(endpoint);
        Claim claim = WebhookThings.claimOne(a.deliveryQueue(), endpoint);
        assertThat(claim.event()).isEqualTo(told);
    }

    @Test
    void an_event_that_both_nodes_hand_on_at_once_is_one_delivery() throws Exception {
        for (int i = 0; i < 20; i++) {
            WebhookEvent event = WebhookThings.event(session);
            a.outbox().put(event);
            Racing.race(THREADS, racer -> {
                (racer % 2 == 0 ? a : b)
                        .outbox()
                        .distribute(event, Set.of(endpoint), Instant.now(), WebhookThings.MANY);
                return racer;
            });
            assertThat(WebhookThings.claimOne(b.deliveryQueue(), endpoint).id())
                    .isEqualTo(DeliveryId.of(event, endpoint));
        }
        assertThat(a.outbox().waiting(9)).isEmpty();
    }

    @Test
    void two_whole_nodes_tell_of_each_session_once() throws Exception {
        TellingNode.Receiver receiver = new TellingNode.Receiver();
        try (TellingNode one = TellingNode.over(a, receiver);
                TellingNode other = TellingNode.over(b, receiver)) {
            EndpointId added = one.addEndpoint();
            await().atMost(CoreFixture.SOON).until(() -> other.endpoints() == 1);
            List<SessionId> sessions = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                sessions.add(one.openSession());
                sessions.add(other.openSession());
            }
            for (int i = 0; i < sessions.size(); i++) {
                (i % 4 < 2 ? one : other).endSession(sessions.get(i));
            }

            await().atMost(CoreFixture.SOON)
                    .until(() -> receiver.events().stream().distinct().count() == 2L * sessions.size());
            await().atMost(CoreFixture.SOON)
                    .until(() -> a.deliveryQueue().backlog(added).waiting() == 0);
            assertThat(receiver.events()).doesNotHaveDuplicates();
        }
    }
}
