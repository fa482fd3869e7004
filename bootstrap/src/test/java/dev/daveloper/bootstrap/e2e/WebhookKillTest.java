package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.bootstrap.e2e.Receivers.Receiver;
import dev.daveloper.redis.testkit.RedisProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway is killed in the midst of a burst; whatever a client was answered for arrives at every receiver. With {@code
 * -Ddaveloper.webhooks.events=5000} it is the burst that the promise speaks of.
 */
class WebhookKillTest {
    private static final int EVENTS = Integer.getInteger("daveloper.webhooks.events", 120);
    private static final int RECEIVERS = 20;
    private static final int CLIENTS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60 + EVENTS / 10);
    private static final String KEY =
            "k1=" + Base64.getEncoder().encodeToString("a key of thirty-two bytes length".getBytes());

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
                opened = openSessions(first::base, EVENTS / 2, first::kill);
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
        options.add("--data.encryption-keys=" + KEY);
        try (Receivers receivers = Receivers.start();
                ManyNodes nodes =
                        ManyNodes.start(directory, 2, RedisProcess.durable(), options.toArray(String[]::new))) {
            List<Receiver> all = new ArrayList<>();
            for (int i = 0; i < RECEIVERS; i++) {
                all.add(receivers.at(nodes.base(0)));
            }
            // The other node follows within seconds; until then it tells nobody of what it does.
            await().atMost(PATIENCE)
                    .until(() -> Receivers.ask(nodes.base(1), "GET", "/webhooks", "", 200)
                                    .path("items")
                                    .size()
                            == RECEIVERS);
            Set<String> opened =
                    openSessions(() -> nodes.base(0), EVENTS / 2, nodes.get(0).program()::kill);
            opened.addAll(openSessions(() -> nodes.base(1), EVENTS / 2, () -> {}));
            assertAllArrive(all, opened);
        }
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
            enough.await();
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
        } catch (IOException e) {
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
        Map<String, Set<String>> ids = new ConcurrentHashMap<>();
        for (Receiver receiver : receivers) {
            receiver.received.forEach((id, body) -> ids.computeIfAbsent(
                            body.path("type").asText()
                                    + body.at("/data/sessionId").asText(),
                            key -> new HashSet<>())
                    .add(id));
        }
        assertThat(ids.values()).allSatisfy(each -> assertThat(each).hasSize(1));
    }
}
