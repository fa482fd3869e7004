package dev.daveloper.embedded.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.webhooks.Awaited;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.embedded.ContentSeal;
import dev.daveloper.embedded.Sqlite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Does with webhooks whatever can be done, so that each of their statements has run. */
public final class EveryWebhookStatement {
    private final ManualClock clock;
    private final WebhookThings things;
    private final Sqlite sqlite;
    private final SqliteWebhookStore endpoints;
    private final SqliteOutbox outbox;
    private final SqliteDeliveryQueue queue;

    /** @param directory for the key that endpoints are sealed by where contents have none */
    public EveryWebhookStatement(Sqlite sqlite, ContentSeal seal, ManualClock clock, Path directory) {
        EventRows events = new EventRows(seal);
        this.clock = clock;
        this.sqlite = sqlite;
        this.things = new WebhookThings(clock);
        this.endpoints = SqliteWebhookStore.open(sqlite, seal, Optional.of(directory));
        this.outbox = new SqliteOutbox(sqlite, events);
        this.queue = new SqliteDeliveryQueue(sqlite, events, seal);
    }

    public void run() {
        Endpoint endpoint = things.endpoint("header");
        endpoints.add(endpoint, WebhookThings.MANY);
        endpoints.replace(things.changed(endpoint));
        endpoints.all();
        handOn(endpoint.id());
        deliver(endpoint.id());
        lookBack(endpoint.id());
        forget(endpoint.id());
        endpoints.remove(endpoint.id(), things.changed(endpoint).version());
    }

    /** Something in each table that is sealed. */
    public void leaveSome() {
        Endpoint endpoint = things.endpoint("header");
        endpoints.add(endpoint, WebhookThings.MANY);
        outbox.distribute(things.event("{}"), Set.of(endpoint.id()), clock.instant(), WebhookThings.MANY);
        Claim claim = queue.claim(endpoint.id(), 1, OptionalInt.empty(), clock.instant(), WebhookThings.LEASE)
                .getFirst();
        queue.settle(claim, things.failure(claim, "no"), WebhookThings.DEAD);
    }

    private void handOn(EndpointId endpoint) {
        for (int i = 0; i < 6; i++) {
            outbox.put(things.event("{}"));
            clock.advance(Duration.ofMillis(1));
        }
        List<WebhookEvent> waiting = outbox.waiting(WebhookThings.MANY);
        outbox.distribute(waiting.getFirst(), Set.of(), clock.instant(), WebhookThings.MANY);
        outbox.distribute(waiting.getLast(), Set.of(endpoint), clock.instant(), 0);
        for (WebhookEvent event : waiting.subList(1, waiting.size() - 1)) {
            outbox.distribute(event, Set.of(endpoint), clock.instant(), WebhookThings.MANY);
        }
        Awaited awaited = things.awaited();
        outbox.await(awaited, clock.instant());
        outbox.awaited(clock.instant(), WebhookThings.MANY);
        outbox.settle(awaited);
    }

    private void deliver(EndpointId endpoint) {
        queue.due(clock.instant());
        List<Claim> claims =
                queue.claim(endpoint, WebhookThings.MANY, OptionalInt.of(4), clock.instant(), WebhookThings.LEASE);
        assertThat(claims).hasSize(4);
        pretendToKeepAsManyAsMayBe(endpoint);
        queue.settle(claims.get(0), things.success(claims.get(0)), WebhookThings.DELIVERED);
        queue.settle(claims.get(1), things.failure(claims.get(1), "no"), WebhookThings.DEAD);
        queue.settle(claims.get(2), things.failure(claims.get(2), "no"), things.retry());
        queue.release(claims.get(3), clock.instant());
        queue.claim(endpoint, 1, OptionalInt.empty(), clock.instant(), WebhookThings.LEASE);
        queue.endAllClaims();
    }

    /** Else ten thousand deliveries had to be made before the first of them is trimmed. */
    private void pretendToKeepAsManyAsMayBe(EndpointId endpoint) {
        sqlite.write(connection -> connection.update(
                "INSERT INTO webhook_counts VALUES (?1, ?2, ?3) ON CONFLICT (endpoint, kind) DO UPDATE SET count = ?3",
                endpoint.value(),
                DeliveryRows.DELIVERED,
                DeliveryQueue.MAX_OVER));
    }

    private void lookBack(EndpointId endpoint) {
        PageRequest first = new PageRequest(1, Optional.empty());
        Optional<String> cursor = queue.list(endpoint, Optional.empty(), first).nextCursor();
        queue.list(endpoint, Optional.of(DeliveryState.Kind.DEAD), new PageRequest(1, cursor));
        DeliveryId delivery =
                queue.list(endpoint, Optional.empty(), first).items().getFirst().id();
        queue.find(delivery);
        queue.redeliver(delivery, clock.instant());
        queue.recover(endpoint, clock.instant().minusSeconds(60), clock.instant(), WebhookThings.MANY);
        queue.backlog(endpoint);
        queue.stats(endpoint, clock.instant().minusSeconds(60), clock.instant());
    }

    private void forget(EndpointId endpoint) {
        clock.advance(Duration.ofDays(8));
        queue.forgetBefore(clock.instant(), Set.of(endpoint), WebhookThings.MANY);
        queue.forget(endpoint);
    }
}
