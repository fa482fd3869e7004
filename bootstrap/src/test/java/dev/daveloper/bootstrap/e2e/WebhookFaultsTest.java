package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.bootstrap.e2e.Receivers.Behaviour;
import dev.daveloper.bootstrap.e2e.Receivers.Receiver;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers do everything that receivers do, and none of them keeps another from hearing. */
class WebhookFaultsTest {
    private static final int SESSIONS = 40;
    private static final long GIGABYTE = 1L << 30;
    private static final int PART = 64 * 1024;

    @TempDir
    private Path directory;

    private final CountDownLatch over = new CountDownLatch(1);

    private final Behaviour hangs = exchange -> waitFor(TimeUnit.MINUTES.toMillis(1));
    private final Behaviour drips = exchange -> {
        exchange.sendResponseHeaders(200, 1_000_000);
        OutputStream out = exchange.getResponseBody();
        while (!waitFor(50)) {
            out.write('x');
            out.flush();
        }
    };
    private final Behaviour pours = exchange -> {
        exchange.sendResponseHeaders(200, GIGABYTE);
        OutputStream out = exchange.getResponseBody();
        byte[] part = new byte[PART];
        for (long sent = 0; sent < GIGABYTE; sent += PART) {
            out.write(part);
        }
    };
    private final Behaviour redirects = exchange -> {
        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
        exchange.sendResponseHeaders(307, -1);
    };

    private boolean waitFor(long millis) {
        try {
            return over.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Test
    void the_well_hear_everything_beside_the_sick_and_the_recovered_catch_up() throws Exception {
        List<String> options = new ArrayList<>(Receivers.OPTIONS);
        options.addAll(
                List.of("--webhooks.timeout=2s", "--webhooks.connect-timeout=1s", "--webhooks.retries=1s,2s,3s,5m"));
        try (Receivers receivers = Receivers.start();
                RunningProgram program = RunningProgram.gateway(directory, options.toArray(String[]::new))) {
            Receiver well = receivers.at(program.base());
            List<Receiver> sick = new ArrayList<>();
            for (Behaviour fault : List.of(hangs, drips, redirects, Behaviour.status(500), Behaviour.status(429))) {
                Receiver receiver = receivers.at(program.base());
                receiver.does(fault);
                sick.add(receiver);
            }
            Receiver pouring = receivers.at(program.base());
            pouring.does(pours);
            Receiver gone = receivers.at(program.base());
            gone.does(Behaviour.status(410));
            String nobody = Receivers.create(program.base(), "http://127.0.0.1:" + freePort() + "/")
                    .path("id")
                    .asText();

            Set<String> opened = new TreeSet<>();
            for (int i = 0; i < SESSIONS; i++) {
                opened.add(Visitor.at(program.base()).sessionId());
            }
            await().atMost(RunningProgram.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(well.sessionsOf("session.opened")).containsAll(opened));
            await().atMost(RunningProgram.PATIENCE)
                    .untilAsserted(() ->
                            assertThat(pouring.sessionsOf("session.opened")).containsAll(opened));
            await().atMost(RunningProgram.PATIENCE)
                    .untilAsserted(() -> assertThat(endpoint(program, gone.id())
                                    .path("disabledReason")
                                    .asText())
                            .isEqualTo("gone"));
            JsonNode refused = Receivers.ask(program.base(), "GET", "/webhooks/" + nobody + "/stats", "", 200);
            assertThat(refused.path("waiting").asInt()).isGreaterThanOrEqualTo(SESSIONS);

            over.countDown();
            sick.forEach(receiver -> {
                receiver.received.clear();
                receiver.does(Behaviour.OK);
            });
            for (Receiver receiver : sick) {
                Receivers.ask(
                        program.base(),
                        "POST",
                        "/webhooks/" + receiver.id() + "/recover",
                        "{\"since\":\"1970-01-01T00:00:00Z\"}",
                        202);
                await().atMost(RunningProgram.PATIENCE.multipliedBy(2))
                        .untilAsserted(
                                () -> assertThat(waiting(program, receiver)).isZero());
                assertThat(receiver.unverified).isEmpty();
            }
        }
    }

    private static int waiting(RunningProgram program, Receiver receiver) throws Exception {
        return Receivers.ask(program.base(), "GET", "/webhooks/" + receiver.id() + "/stats", "", 200)
                .path("waiting")
                .asInt();
    }

    private static JsonNode endpoint(RunningProgram program, String id) throws Exception {
        return Receivers.ask(program.base(), "GET", "/webhooks/" + id, "", 200);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
