package dev.daveloper.embedded.webhooks;

import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Next;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.Trouble;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.embedded.EmbeddedStores;
import dev.daveloper.embedded.EmbeddedStoresConfig;
import dev.daveloper.stored.EpochNanos;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Prints what events cost in SQLite: handed on, claimed and settled, looked for; with queues that are empty and with
 * one that is full. Arguments: an empty directory, events for each figure, deliveries that wait in the full queue.
 */
final class WebhooksThroughput {
    private static final int AT_ONCE = 16;
    private static final int LOOKS = 20;
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Ids IDS = new Ids(InstantSource.system(), new SecureRandom());
    private static final String BODY = "{\"type\":\"run.completed\",\"data\":\"" + "about so long ".repeat(40) + "\"}";

    private WebhooksThroughput() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        int events = Integer.parseInt(args[1]);
        int waiting = Integer.parseInt(args[2]);
        EmbeddedStoresConfig config = EmbeddedStoresConfig.in(directory, InstantSource.system());
        EndpointId well = EndpointId.next(IDS);
        EndpointId sick = EndpointId.next(IDS);
        try (EmbeddedStores stores = EmbeddedStores.open(config)) {
            round("warm-up", stores, well, events, waiting);
            round("empty queues", stores, EndpointId.next(IDS), events, waiting);
        }
        fill(directory, sick, waiting, 0);
        try (EmbeddedStores stores = EmbeddedStores.open(config)) {
            round("one full queue of another", stores, EndpointId.next(IDS), events, waiting);
            looks("one full queue", stores, sick);
            print("one full queue: hand an event on to it", LOOKS, () -> handOn(stores, sick, LOOKS, waiting));
            print(
                    "one full queue: hand an event on to it, over its bound",
                    LOOKS,
                    () -> handOn(stores, sick, LOOKS, waiting / 2));
        }
        EndpointId kept = EndpointId.next(IDS);
        fill(directory, kept, 10_000, 2);
        try (EmbeddedStores stores = EmbeddedStores.open(config)) {
            round("10,000 over are kept", stores, kept, Math.min(events, 2_000), waiting);
        }
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private static void round(String what, EmbeddedStores stores, EndpointId endpoint, int events, int bound)
            throws InterruptedException {
        print(what + ": put and hand on", events, () -> handOn(stores, endpoint, events, bound));
        print(what + ": claim and settle", events, () -> deliver(stores, endpoint, events));
        looks(what, stores, endpoint);
    }

    private static void looks(String what, EmbeddedStores stores, EndpointId endpoint) throws InterruptedException {
        print(what + ": due", LOOKS, () -> {
            for (int i = 0; i < LOOKS; i++) {
                stores.deliveryQueue().due(Instant.now());
            }
        });
        print(what + ": backlog", LOOKS, () -> {
            for (int i = 0; i < LOOKS; i++) {
                stores.deliveryQueue().backlog(endpoint);
            }
        });
    }

    private static WebhookEvent event() {
        return new WebhookEvent(
                EventId.next(IDS), EventType.RUN_COMPLETED, Optional.empty(), Instant.now(), BODY, Optional.empty());
    }

    private static void handOn(EmbeddedStores stores, EndpointId endpoint, int events, int bound)
            throws InterruptedException {
        together(events, () -> {
            WebhookEvent event = event();
            stores.outbox().put(event);
            stores.outbox().distribute(event, Set.of(endpoint), Instant.now(), bound);
        });
    }

    private static void deliver(EmbeddedStores stores, EndpointId endpoint, int events) throws InterruptedException {
        together(events / AT_ONCE, () -> {
            List<Claim> claims =
                    stores.deliveryQueue().claim(endpoint, AT_ONCE, OptionalInt.empty(), Instant.now(), LEASE);
            together(
                    claims.size(),
                    claims,
                    claim -> stores.deliveryQueue().settle(claim, success(claim), new Next.Delivered()));
        });
    }

    private static Attempt success(Claim claim) {
        return new Attempt(
                claim.number(),
                Instant.now(),
                Duration.ofMillis(20),
                OptionalInt.of(204),
                Trouble.NONE,
                "",
                Optional.empty());
    }

    private interface One {
        void settle(Claim claim);
    }

    private static void together(int count, List<Claim> claims, One one) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(count);
        for (Claim claim : claims) {
            Thread.ofVirtual().start(() -> {
                one.settle(claim);
                ended.countDown();
            });
        }
        ended.await();
    }

    /** So often in all, by a few at once. */
    private static void together(int times, Step step) throws InterruptedException {
        int racers = Math.min(AT_ONCE, times);
        CountDownLatch ended = new CountDownLatch(racers);
        for (int i = 0; i < racers; i++) {
            int mine = times / racers + (i < times % racers ? 1 : 0);
            Thread.ofVirtual().start(() -> {
                try {
                    for (int j = 0; j < mine; j++) {
                        step.run();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    ended.countDown();
                }
            });
        }
        ended.await();
    }

    private static void print(String what, int times, Step step) throws InterruptedException {
        long start = System.nanoTime();
        step.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%s: %,.0f/s, %.3f ms each%n", what, times / seconds, 1000 * seconds / times);
    }

    /** Behind the stores' back, which would take their time for it. */
    private static void fill(Path directory, EndpointId endpoint, int count, int state) throws SQLException {
        try (Connection jdbc = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("daveloper.db"));
                PreparedStatement event = jdbc.prepareStatement("INSERT INTO webhook_events"
                        + " (number, id, type, at, outgoing, body, sealed_by) VALUES (?, ?, ?, ?, 0, ?, 0)");
                PreparedStatement delivery = jdbc.prepareStatement("INSERT INTO webhook_deliveries"
                        + " (id, endpoint, event, at, created_at, state, moment) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            jdbc.setAutoCommit(false);
            long at = EpochNanos.of(Instant.now().minus(Duration.ofHours(2)));
            long number = 10_000_000L + 1_000_000L * state;
            for (int i = 0; i < count; i++) {
                set(
                        event,
                        number + i,
                        EventId.next(IDS).value(),
                        EventType.RUN_COMPLETED.wireName(),
                        at + i,
                        BODY.getBytes(StandardCharsets.UTF_8));
                set(
                        delivery,
                        DeliveryId.next(IDS).value(),
                        endpoint.value(),
                        number + i,
                        at + i,
                        at + i,
                        state,
                        at + i);
            }
            jdbc.commit();
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.executeUpdate();
    }
}
