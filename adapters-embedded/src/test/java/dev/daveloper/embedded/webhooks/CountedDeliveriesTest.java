package dev.daveloper.embedded.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Next;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.Trouble;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is counted beside the deliveries is what counting them would say. */
class CountedDeliveriesTest {
    private static final int STEPS = 400;
    private static final int BOUND = 12;
    private static final Duration LEASE = Duration.ofSeconds(20);

    private static final String KEPT = "SELECT endpoint, kind, count FROM webhook_counts ORDER BY 1, 2";
    private static final String COUNTED =
            "SELECT endpoint, max(state, 1) AS kind, count(*) FROM webhook_deliveries" + " GROUP BY 1, 2 ORDER BY 1, 2";

    private final ManualClock clock = new ManualClock();
    private final Ids ids = new Ids(clock, new SecureRandom());

    @TempDir
    Path directory;

    @Test
    void counts_are_right_whatever_becomes_of_deliveries() throws SQLException {
        List<EndpointId> endpoints = List.of(EndpointId.next(ids), EndpointId.next(ids), EndpointId.next(ids));
        try (OpenedWebhooks opened = OpenedWebhooks.open(Optional.of(directory), clock)) {
            Random random = new Random(7);
            for (int i = 0; i < STEPS; i++) {
                clock.advance(Duration.ofSeconds(1));
                step(opened, endpoints.get(random.nextInt(endpoints.size())), random);
                assertThat(rows(KEPT)).isEqualTo(rows(COUNTED));
            }
            assertThat(rows(KEPT)).hasSizeGreaterThan(endpoints.size());
            endpoints.forEach(opened.queue()::forget);

            assertThat(rows(KEPT)).isEmpty();
        }
    }

    @Test
    void what_finds_a_queue_full_is_kept_no_longer_than_what_else_is_dead() throws Exception {
        EndpointId endpoint = EndpointId.next(ids);
        try (OpenedWebhooks opened = OpenedWebhooks.open(Optional.of(directory), clock)) {
            try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < DeliveryQueue.MAX_OVER + 20; i++) {
                    clock.advance(Duration.ofMillis(1));
                    WebhookEvent event = event();
                    Instant now = clock.instant();
                    many.execute(() -> opened.outbox().distribute(event, Set.of(endpoint), now, 0));
                }
            }

            assertThat(rows(KEPT)).containsExactly(endpoint + " " + DeliveryRows.DEAD + " " + DeliveryQueue.MAX_OVER);
            assertThat(rows("SELECT 'events', outgoing, count(*) FROM webhook_events GROUP BY 2"))
                    .containsExactly("events 0 " + DeliveryQueue.MAX_OVER);
        }
    }

    private void step(OpenedWebhooks opened, EndpointId endpoint, Random random) {
        Instant now = clock.instant();
        switch (random.nextInt(12)) {
            case 0 -> opened.queue().recover(endpoint, now.minus(Duration.ofHours(1)), now, 3);
            case 1 -> opened.queue().forgetBefore(now.minusSeconds(60), Set.of(endpoint), 5);
            case 2 ->
                newest(opened, endpoint).forEach(delivery -> opened.queue().redeliver(delivery.id(), now));
            case 3, 4, 5, 6, 7 -> tell(opened, endpoint);
            case 8 -> claim(opened, endpoint).forEach(claim -> opened.queue().release(claim, now));
            case 9 -> claim(opened, endpoint).forEach(claim -> settle(opened, claim, new Next.Delivered(), 204));
            case 10 ->
                claim(opened, endpoint)
                        .forEach(claim -> settle(opened, claim, new Next.Dead(DeliveryState.Death.EXHAUSTED), 500));
            default ->
                claim(opened, endpoint)
                        .forEach(claim -> settle(opened, claim, new Next.Retry(now.plusSeconds(5)), 500));
        }
    }

    private void tell(OpenedWebhooks opened, EndpointId endpoint) {
        WebhookEvent event = event();
        opened.outbox().put(event);
        // The second time does nothing, and counts nothing.
        opened.outbox().distribute(event, Set.of(endpoint), clock.instant(), BOUND);
        opened.outbox().distribute(event, Set.of(endpoint), clock.instant(), BOUND);
    }

    private WebhookEvent event() {
        return new WebhookEvent(
                EventId.next(ids), EventType.SESSION_OPENED, Optional.empty(), clock.instant(), "{}", Optional.empty());
    }

    private static List<Delivery> newest(OpenedWebhooks opened, EndpointId endpoint) {
        return opened.queue()
                .list(endpoint, Optional.empty(), new PageRequest(1, Optional.empty()))
                .items();
    }

    private List<Claim> claim(OpenedWebhooks opened, EndpointId endpoint) {
        return opened.queue().claim(endpoint, 2, OptionalInt.empty(), clock.instant(), LEASE);
    }

    private void settle(OpenedWebhooks opened, Claim claim, Next next, int status) {
        Attempt attempt = new Attempt(
                claim.number(),
                clock.instant(),
                Duration.ofMillis(5),
                OptionalInt.of(status),
                status == 204 ? Trouble.NONE : Trouble.STATUS,
                "",
                Optional.empty());
        opened.queue().settle(claim, attempt, next);
    }

    private List<String> rows(String sql) throws SQLException {
        return new DatabaseBeside(directory).rows(sql);
    }
}
