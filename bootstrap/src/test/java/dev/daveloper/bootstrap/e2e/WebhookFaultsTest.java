package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.bootstrap.e2e.Receivers.Behaviour;
import dev.daveloper.bootstrap.e2e.Receivers.Receiver;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
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
    private final List<ServerSocket> closing = new ArrayList<>();

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
        try (Receivers receivers = Receivers.start();
                RunningProgram program = program()) {
            Receiver well = receivers.at(program.base());
            Receiver pouring = receivers.at(program.base());
            pouring.does(pours);
            List<Receiver> sick = new ArrayList<>();
            for (Behaviour fault : List.of(hangs, drips, redirects, Behaviour.status(500), Behaviour.status(429))) {
                Receiver receiver = receivers.at(program.base());
                receiver.does(fault);
                sick.add(receiver);
            }
            Receiver gone = receivers.at(program.base());
            gone.does(Behaviour.status(410));
            String resetting = create(program, resetting());
            String nobody = create(program, freePort());

            Set<String> opened = new TreeSet<>();
            for (int i = 0; i < SESSIONS; i++) {
                opened.add(Visitor.at(program.base()).sessionId());
            }
            awaitAll(well, opened);
            awaitAll(pouring, opened);
            await().atMost(RunningProgram.PATIENCE)
                    .untilAsserted(() -> assertThat(reason(program, gone)).isEqualTo("gone"));
            awaitTrouble(program, resetting, "reset");
            awaitTrouble(program, nobody, "refused");

            over.countDown();
            sick.forEach(receiver -> receiver.does(Behaviour.OK));
            for (Receiver receiver : sick) {
                awaitRecovered(program, receiver, opened);
            }
        }
    }

    private static void awaitRecovered(RunningProgram program, Receiver receiver, Set<String> opened) {
        await().atMost(RunningProgram.PATIENCE.multipliedBy(2))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    recover(program, receiver);
                    assertThat(delivered(program, receiver)).containsAll(opened);
                });
        assertThat(receiver.unverified).isEmpty();
    }

    /** What is dead by now is sent again. */
    private static void recover(RunningProgram program, Receiver receiver) throws Exception {
        String path = "/webhooks/" + receiver.id() + "/recover";
        Receivers.ask(program.base(), "POST", path, "{\"since\":\"1970-01-01T00:00:00Z\"}", 202);
    }

    private static Set<String> delivered(RunningProgram program, Receiver receiver) throws Exception {
        String path = "/webhooks/" + receiver.id() + "/deliveries?state=delivered&limit=200";
        Set<String> sessions = new TreeSet<>();
        for (JsonNode delivery :
                Receivers.ask(program.base(), "GET", path, "", 200).path("items")) {
            sessions.add(delivery.path("sessionId").asText());
        }
        return sessions;
    }

    private static void awaitTrouble(RunningProgram program, String endpoint, String trouble) {
        await().atMost(RunningProgram.PATIENCE)
                .untilAsserted(() -> assertThat(stats(program, endpoint)
                                .at("/lastFailure/trouble")
                                .asText())
                        .isEqualTo(trouble));
    }

    private static JsonNode stats(RunningProgram program, String endpoint) throws Exception {
        return Receivers.ask(program.base(), "GET", "/webhooks/" + endpoint + "/stats", "", 200);
    }

    private static String create(RunningProgram program, int port) throws Exception {
        return Receivers.create(program.base(), "http://127.0.0.1:" + port + "/", Receivers.newSecret())
                .path("id")
                .asText();
    }

    /** The port of somebody who reads a little of each request and then resets the connection. */
    private int resetting() throws Exception {
        ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        closing.add(listening);
        Thread.ofVirtual().start(() -> {
            while (!listening.isClosed()) {
                try (Socket connection = listening.accept()) {
                    connection.getInputStream().read();
                    connection.setSoLinger(true, 0);
                } catch (IOException e) {
                    // The test is over, or somebody has left first.
                }
            }
        });
        return listening.getLocalPort();
    }

    @AfterEach
    void close() throws IOException {
        over.countDown();
        for (ServerSocket listening : closing) {
            listening.close();
        }
    }

    private RunningProgram program() {
        List<String> options = new ArrayList<>(Receivers.OPTIONS);
        options.addAll(List.of("--webhooks.timeout=2s", "--webhooks.connect-timeout=1s", "--webhooks.retries=1s,2s"));
        return RunningProgram.gateway(directory, options.toArray(String[]::new));
    }

    private static void awaitAll(Receiver receiver, Set<String> opened) {
        await().atMost(RunningProgram.PATIENCE)
                .untilAsserted(
                        () -> assertThat(receiver.sessionsOf("session.opened")).containsAll(opened));
    }

    private static String reason(RunningProgram program, Receiver receiver) throws Exception {
        return Receivers.ask(program.base(), "GET", "/webhooks/" + receiver.id(), "", 200)
                .path("disabledReason")
                .asText();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
