package dev.daveloper.bootstrap.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daveloper.bootstrap.cache.CacheTask.NamedFile;
import dev.daveloper.bootstrap.operator.AdminKey;
import dev.daveloper.bootstrap.operator.CommandFailed;
import dev.daveloper.bootstrap.operator.GatewayAddress;
import dev.daveloper.bootstrap.operator.GatewayClient;
import dev.daveloper.bootstrap.operator.OddGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever answers, and however it ends: it is told in a sentence, and no file is left that looks whole. */
class CacheConversationTest {
    private static final AdminKey KEY = new AdminKey("a key for the administrator");
    private static final byte[] WHOLE = Backups.of(2, "kept ".repeat(100_000));

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private Duration maxSilence = Duration.ofSeconds(60);

    @Test
    void a_whole_backup_is_a_file() throws Exception {
        try (OddGateway gateway = OddGateway.answering(200, BackingUp.TYPE, WHOLE)) {
            assertThat(backup(gateway.address(), false)).startsWith("Backed up 2 entries, 488.3 KiB, to file in ");
            assertThat(directory.resolve("file")).hasBinaryContent(WHOLE);
            Files.writeString(directory.resolve("file"), "an older one");
            backup(gateway.address(), true);
            assertThat(directory.resolve("file")).hasBinaryContent(WHOLE);
            assertThat(directory)
                    .isDirectoryNotContaining(path -> path.toString().endsWith(".part"));
            assertThat(screen.toString(UTF_8)).contains("\rBacking up  ");
        }
    }

    @Test
    void a_connection_that_is_cut_leaves_no_file() throws Exception {
        try (OddGateway gateway = OddGateway.that(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", BackingUp.TYPE);
            exchange.sendResponseHeaders(200, WHOLE.length);
            exchange.getResponseBody().write(WHOLE, 0, WHOLE.length / 2);
        })) {
            assertThat(backupFails(gateway.address())).matches(wasCut(gateway.address()));
        }
        String head = "HTTP/1.1 200 OK\r\nContent-Type: " + BackingUp.TYPE + "\r\nTransfer-Encoding: chunked\r\n\r\n";
        try (ServerSocket other = saying(head + "5\r\nDVCAC\r\n")) {
            assertThat(backupFails(addressOf(other))).matches(wasCut(addressOf(other)));
        }
        try (ServerSocket other = saying("")) {
            assertThat(backupFails(addressOf(other)))
                    .startsWith("The connection to " + addressOf(other) + " was cut before it answered (");
        }
    }

    private static String wasCut(URI gateway) {
        return "The connection to " + gateway + " was cut after .* K?i?B; file was not written\\.";
    }

    @Test
    void an_answer_that_ends_too_early_leaves_no_file() throws Exception {
        byte[] early = Arrays.copyOf(WHOLE, WHOLE.length - 1);
        try (OddGateway gateway = OddGateway.answering(200, BackingUp.TYPE, early)) {
            assertThat(backupFails(gateway.address())).startsWith("What came is not whole");
        }
        try (OddGateway gateway = OddGateway.answering(200, BackingUp.TYPE, "nonsense".getBytes(UTF_8))) {
            assertThat(backupFails(gateway.address())).startsWith("What came is no backup");
        }
    }

    @Test
    void a_gateway_that_falls_silent_is_given_up() throws Exception {
        maxSilence = Duration.ofMillis(300);
        CountDownLatch done = new CountDownLatch(1);
        try (OddGateway gateway = OddGateway.that(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", BackingUp.TYPE);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(WHOLE, 0, 100);
            exchange.getResponseBody().flush();
            await(done);
        })) {
            assertThat(backupFails(gateway.address()))
                    .isEqualTo(
                            "Nothing came from " + gateway.address() + " for 0 s after 100 B; file was not written.");
            done.countDown();
        }
    }

    @Test
    void what_another_backup_is_writing_is_left_alone() throws Exception {
        Files.writeString(directory.resolve("file.part"), "half");
        try (OddGateway gateway = OddGateway.answering(200, BackingUp.TYPE, WHOLE)) {
            assertThat(failure(() -> backup(gateway.address(), false))).startsWith("file.part is there already");
            assertThat(directory.resolve("file.part")).hasContent("half");
            assertThat(directory.resolve("file")).doesNotExist();
        }
    }

    @Test
    void a_refusal_says_why_and_cannot_speak_to_the_terminal() throws Exception {
        byte[] problem = "{\"title\":\"No\",\"detail\":\"Never\\u001b[2J again.\"}".getBytes(UTF_8);
        try (OddGateway gateway = OddGateway.answering(503, "application/problem+json; charset=utf-8", problem)) {
            assertThat(backupFails(gateway.address())).isEqualTo("The gateway refuses (503): Never?[2J again.");
        }
        try (OddGateway gateway = OddGateway.answering(403, "application/problem+json", problem)) {
            assertThat(backupFails(gateway.address()))
                    .isEqualTo("The gateway does not take the admin key (403): Never?[2J again.");
        }
    }

    @Test
    void what_is_no_gateway_is_told() throws Exception {
        try (OddGateway gateway = OddGateway.answering(404, "text/html", "<p>".getBytes(UTF_8))) {
            assertThat(backupFails(gateway.address()))
                    .isEqualTo("What answers at " + gateway.address() + " is no gateway, or not one of this version: it"
                            + " answers 404 with text/html. Is --url right?");
        }
        try (OddGateway gateway = OddGateway.that(exchange -> {
            exchange.getResponseHeaders().set("Location", "https://elsewhere.example/");
            exchange.sendResponseHeaders(301, -1);
        })) {
            assertThat(backupFails(gateway.address())).contains("301, and points to https://elsewhere.example/. Is");
        }
        try (ServerSocket other = saying("220 mail.example ready\r\n\r\n")) {
            assertThat(backupFails(addressOf(other))).contains("is no gateway: it does not speak HTTP");
        }
    }

    @Test
    void where_nobody_answers_it_is_told() throws Exception {
        URI gone;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            gone = addressOf(closed);
        }
        assertThat(backupFails(gone))
                .isEqualTo("Nothing answers at " + gone + ": is the gateway running there, and is --url right?");
        assertThat(backupFails(URI.create("http://no.such.host.invalid"))).startsWith("Nothing answers at");
        try (ServerSocket plain = saying("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            assertThat(backupFails(URI.create("https://127.0.0.1:" + plain.getLocalPort())))
                    .as("the answer in plain text and the end of the connection come together")
                    .contains("onnection to https://127.0.0.1:" + plain.getLocalPort() + " ")
                    .containsAnyOf("No secure connection", "was cut before it answered");
        }
    }

    @Test
    void warming_counts_and_must_come_to_its_end() throws Exception {
        String lines = "{\"of\":2,\"made\":1,\"fresh\":0,\"failed\":0}\n";
        try (OddGateway gateway = warming(lines + "{\"of\":2,\"made\":1,\"fresh\":1,\"failed\":0}\n")) {
            assertThat(warm(gateway)).matches("Warmed in .* s: 1 made, 1 fresh already, 0 failed\\.");
            assertThat(screen.toString(UTF_8)).contains("100 %  2 of 2");
        }
        try (OddGateway gateway = warming(lines)) {
            assertThat(failure(() -> warm(gateway)))
                    .endsWith("was cut before it was warm: 1 made, 0 fresh already," + " 0 failed.");
        }
        try (OddGateway gateway = warming("{\"of\":1,\"made\":0,\"fresh\":0,\"failed\":1}\n")) {
            assertThat(failure(() -> warm(gateway))).startsWith("Not all of 1 could be made");
        }
        try (OddGateway gateway = warming("")) {
            assertThat(failure(() -> warm(gateway))).contains("before it was warm");
        }
    }

    private static OddGateway warming(String lines) throws IOException {
        return OddGateway.answering(200, "application/x-ndjson", lines.getBytes(UTF_8));
    }

    private String warm(OddGateway gateway) throws Exception {
        try (GatewayClient client = new GatewayClient(at(gateway.address()), KEY, maxSilence)) {
            return new WarmingUp(client, progress()).run(new CacheTask.Warm(List.of("tools")));
        }
    }

    private String backup(URI gateway, boolean force) throws Exception {
        try (GatewayClient client = new GatewayClient(at(gateway), KEY, maxSilence)) {
            NamedFile file = new NamedFile("file", directory.resolve("file"));
            return new BackingUp(client, progress()).run(new CacheTask.Backup(file, force));
        }
    }

    private static GatewayAddress at(URI gateway) {
        return new GatewayAddress(gateway, "url");
    }

    private ProgressLine progress() {
        return new ProgressLine(new PrintStream(screen, true, UTF_8), true, System::nanoTime);
    }

    private String backupFails(URI gateway) {
        String told = failure(() -> backup(gateway, false));
        assertThat(directory).isEmptyDirectory();
        return told;
    }

    private static String failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        return catchThrowableOfType(CommandFailed.class, action).getMessage();
    }

    private static void await(CountDownLatch done) {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Something that reads what it is asked, says this whatever it was, and hangs up. */
    private static ServerSocket saying(String text) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try (Socket socket = server.accept()) {
                socket.getInputStream().read(new byte[4096]);
                socket.getOutputStream().write(text.getBytes(UTF_8));
            } catch (IOException e) {
                // Whoever asked is gone.
            }
        });
        return server;
    }

    private static URI addressOf(ServerSocket server) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }
}
