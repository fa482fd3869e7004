package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code daveloper webhooks listen} in a terminal. */
class ListenTest {
    private static final Pattern SECRET = Pattern.compile("whsec_[A-Za-z0-9+/=]+");

    @TempDir
    private Path directory;

    private Path folder(String name) throws Exception {
        return Files.createDirectories(directory.resolve(name));
    }

    @Test
    void what_a_gateway_sends_is_shown_as_genuine_and_what_others_send_is_not() throws Exception {
        try (RunningProgram listener = RunningProgram.start(folder("listener"), "webhooks", "listen", "--port", "0");
                RunningProgram gateway =
                        RunningProgram.gateway(folder("gateway"), Receivers.OPTIONS.toArray(String[]::new))) {
            String url = listener.awaitListening();
            Matcher secret = SECRET.matcher(listener.out());
            assertThat(secret.find()).isTrue();
            Receivers.create(gateway.base(), url, secret.group());
            String session = Visitor.at(gateway.base()).sessionId();
            await().atMost(RunningProgram.PATIENCE).until(() -> listener.out().contains(session));
            assertThat(listener.out()).contains("genuine").doesNotContain("NOT GENUINE");

            HttpRequest forged = HttpRequest.newBuilder(URI.create(url))
                    .POST(BodyPublishers.ofString("{\"a\":\"\\u001b[31m\"}"))
                    .build();
            assertThat(Visitor.HTTP.send(forged, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(400);
            await().atMost(RunningProgram.PATIENCE).until(() -> listener.out().contains("NOT GENUINE"));
            assertThat(listener.out()).doesNotContain("\u001b");
            listener.terminate();
            assertThat(listener.awaitExit()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhooks", "webhooks listen --port=70000", "webhooks listen --url=x", "webhooks speak"})
    void what_it_cannot_do_is_said(String line) throws Exception {
        try (RunningProgram program = RunningProgram.start(folder("wrong"), line.split(" "))) {
            assertThat(program.awaitExit()).isEqualTo(2);
            assertThat(program.log())
                    .containsAnyOf("The command webhooks", "--port")
                    .doesNotContain("\tat ");
        }
    }

    /** More than its bounds: 320 connections at once, and 5 s for a request. */
    @Test
    void whoever_takes_its_places_or_its_time_is_hung_up_on() throws Exception {
        try (RunningProgram listener = RunningProgram.start(folder("bounded"), "webhooks", "listen", "--port", "0");
                Sockets sockets = new Sockets(URI.create(listener.awaitListening()))) {
            Socket slow = sockets.open();
            slow.getOutputStream().write("POST / HTTP/1.1\r\nContent-Le".getBytes(StandardCharsets.US_ASCII));
            for (int others = 1; others < 320; others++) {
                sockets.open();
            }
            assertThat(sockets.isHungUp(sockets.open())).isTrue();
            assertThat(sockets.isHungUp(slow)).isTrue();
            HttpRequest unsigned = HttpRequest.newBuilder(URI.create(listener.awaitListening()))
                    .POST(BodyPublishers.ofString("{}"))
                    .build();
            await().atMost(RunningProgram.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> Visitor.HTTP
                                    .send(unsigned, BodyHandlers.discarding())
                                    .statusCode()
                            == 400);
        }
    }

    /** Connections that are closed together. */
    private static final class Sockets implements AutoCloseable {
        private final URI to;
        private final List<Socket> all = new ArrayList<>();

        Sockets(URI to) {
            this.to = to;
        }

        Socket open() throws IOException {
            Socket socket = new Socket(to.getHost(), to.getPort());
            socket.setSoTimeout((int) RunningProgram.PATIENCE.toMillis());
            all.add(socket);
            return socket;
        }

        /** Waits until nothing comes any more. */
        boolean isHungUp(Socket socket) throws IOException {
            try {
                return socket.getInputStream().read() < 0;
            } catch (SocketException reset) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : all) {
                socket.close();
            }
        }
    }
}
