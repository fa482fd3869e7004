package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.bootstrap.e2e.Receivers.Receiver;
import dev.daveloper.redis.testkit.RedisProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway is killed in the midst of a burst; whatever a client was answered for arrives at every receiver. With
 * {@code -Ddaveloper.webhooks.events=5000} it is the burst that the promise speaks of.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class WebhookKillTest {
    private static final int EVENTS = Integer.getInteger("daveloper.webhooks.events", 120);
    private static final int RECEIVERS = 20;
    private static final int CLIENTS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60 + EVENTS / 10);
    private static final String KEY = "k1="
            + Base64.getEncoder()
                    .encodeToString("a key of thirty-two bytes length".getBytes(StandardCharsets.US_ASCII));

    @TempDir
    private Path directory;

    @Test
    void with_sqlite_every_event_that_was_answered_for_arrives_after_a_kill() throws Exception {
        String[] options = Receivers.OPTIONS.toArray(String[]::new);
        try (Receivers receivers = Receivers.start()) {
            List<Receiver> all = new ArrayList<>();
            Set<String> opened;
            try (RunningProgram first = RunningProgram.gateway(directory, options)) {
                for (int i = 0; i < RECEIVERS; i++) {
                    all.add(receivers.at(first.base()));
                }
                CountDownLatch holding = hold(all);
                opened = openSessions(first::base, EVENTS / 2, first::kill);
                assertThat(all)
                        .allSatisfy(receiver -> assertThat(receiver.received).isEmpty());
                letGo(all, holding);
            }
            try (RunningProgram second = RunningProgram.gateway(directory, options)) {
                opened.addAll(openSessions(second::base, EVENTS / 2, () -> {}));
                assertAllArrive(all, opened);
            }
        }
    }

    @Test
    void with_redis_another_node_sends_what_a_killed_one_had_to_send() throws Exception {
        List<String> options = new ArrayList<>(Receivers.SENDING);
        options.addAll(List.of("--data.encryption-keys=" + KEY, "--webhooks.timeout=5s"));
        try (Receivers receivers = Receivers.start();
                ManyNodes nodes =
                        ManyNodes.start(directory, 2, RedisProcess.durable(), options.toArray(String[]::new))) {
            List<Receiver> all = new ArrayList<>();
            for (int i = 0; i < RECEIVERS; i++) {
                all.add(receivers.at(nodes.base(0)));
            }
            awaitKnown(all, nodes.base(1));
            CountDownLatch holding = hold(all);
            Set<String> opened =
                    openSessions(() -> nodes.base(0), EVENTS / 2, nodes.get(0).program()::kill);
            assertThat(all)
                    .allSatisfy(receiver ->
                            assertThat(receiver.sessionsOf("session.opened")).doesNotContainAnyElementsOf(opened));
            letGo(all, holding);
            opened.addAll(openSessions(() -> nodes.base(1), EVENTS / 2, () -> {}));
            assertAllArrive(all, opened);
        }
    }

    /** Until they are let go none of them answers, so that all is still to be sent when the gateway is killed. */
    private static CountDownLatch hold(List<Receiver> receivers) {
        CountDownLatch holding = new CountDownLatch(1);
        receivers.forEach(receiver -> receiver.does(exchange -> {
            try {
                holding.await();
                exchange.sendResponseHeaders(500, -1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        return holding;
    }

    private static void letGo(List<Receiver> receivers, CountDownLatch holding) {
        receivers.forEach(receiver -> receiver.does(Receivers.Behaviour.OK));
        holding.countDown();
    }

    /** This node tells all of them; it follows the one that they were set up at within seconds. */
    private static void awaitKnown(List<Receiver> receivers, URI node) {
        Set<String> sessions = new HashSet<>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            sessions.add(Visitor.at(node).sessionId());
            return receivers.stream()
                    .allMatch(receiver ->
                            receiver.sessionsOf("session.opened").stream().anyMatch(sessions::contains));
        });
    }

    /** Does something to the gateway. */
    private interface Deed {
        void please() throws Exception;
    }

    /** Opens sessions by several clients until there are so many, then does the deed while they go on. */
    private static Set<String> openSessions(Supplier<URI> gateway, int count, Deed then) throws Exception {
        Set<String> opened = ConcurrentHashMap.newKeySet();
        CountDownLatch enough = new CountDownLatch(count);
        CountDownLatch over = new CountDownLatch(1);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.execute(() -> {
                    while (over.getCount() > 0 && openOne(gateway.get(), opened)) {
                        enough.countDown();
                    }
                });
            }
            assertThat(enough.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            then.please();
            over.countDown();
        }
        return opened;
    }

    /** Whether somebody answered. */
    private static boolean openOne(URI gateway, Set<String> opened) {
        try {
            opened.add(Visitor.at(gateway).sessionId());
            return true;
        } catch (IOException | AssertionError e) {
            // Nobody is there any more, or somebody who does not answer for anything.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void assertAllArrive(List<Receiver> receivers, Set<String> opened) {
        for (Receiver receiver : receivers) {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(receiver.sessionsOf("session.opened")).containsAll(opened));
            assertThat(receiver.unverified).isEmpty();
        }
        assertOneIdEach(receivers);
    }

    /** Whoever is told twice can tell: an event has the same id for all, however often it came. */
    private static void assertOneIdEach(List<Receiver> receivers) {
        Map<String, Set<String>> ids = new HashMap<>();
        for (Receiver receiver : receivers) {
            receiver.received.forEach((id, body) -> {
                if (body.path("type").asText().equals("session.opened")) {
                    ids.computeIfAbsent(body.at("/data/sessionId").asText(), session -> new HashSet<>())
                            .add(id);
                }
            });
        }
        assertThat(ids.values()).allSatisfy(each -> assertThat(each).hasSize(1));
    }
}
