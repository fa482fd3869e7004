package dev.daveloper.http.jetty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.TlsConfig;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP/2 adds: requests that share a connection, and frames that carry nothing. */
@Timeout(60)
class Http2Test {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String NO_SETTINGS = "000000 04 00 00000000";
    private static final String WINDOW = "jdk.httpclient.windowsize";

    private static TlsConfig tls;
    private static SSLContext trust;
    private static Edge edge;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        TestCertificates pair = TestCertificates.make("EC");
        trust = TestCertificates.trusting(List.of(pair));
        Path certificate = folder.resolve("cert.pem");
        Path key = folder.resolve("key.pem");
        pair.replace(certificate, key);
        tls = new TlsConfig(certificate, key);
        edge = Edge.of(config -> impatient(config).withTls(tls));
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @Test
    void a_body_that_trickles_in_is_answered() throws Exception {
        try (HttpClient client = client();
                SubmissionPublisher<ByteBuffer> body = new SubmissionPublisher<>()) {
            HttpRequest slow =
                    request("/body").POST(BodyPublishers.fromPublisher(body)).build();
            CompletableFuture<HttpResponse<String>> answer = client.sendAsync(slow, BodyHandlers.ofString());
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        body.offer(ByteBuffer.wrap(new byte[] {'x'}), null);
                        return answer.isDone();
                    });
            // The client forgets an answer whose stream is reset while it still sends.
            int status = answer.handle((response, cut) -> cut == null ? response.statusCode() : 408)
                    .get();
            assertThat(status).isEqualTo(408);
            assertThat(client.send(request("/who").build(), BodyHandlers.ofString())
                            .version())
                    .isEqualTo(Version.HTTP_2);
            client.shutdownNow();
        }
    }

    @Test
    void an_answer_that_is_not_taken_is_given_up_alone() throws Exception {
        System.setProperty(WINDOW, "65536");
        try (HttpClient client = client()) {
            InputStream unread = client.send(request("/much").build(), BodyHandlers.ofInputStream())
                    .body();
            await().atMost(Duration.ofSeconds(20)).until(() -> isCutOff(unread));
            assertThat(client.send(request("/who").build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(edge.openConnections()).isEqualTo(1);
            client.shutdownNow();
        } finally {
            System.clearProperty(WINDOW);
        }
    }

    @Test
    void the_bounds_of_a_connection_are_told_and_no_websocket_is_offered_on_it() throws Exception {
        try (SSLSocket socket = connect()) {
            say(socket, NO_SETTINGS);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            assertThat(in.readUnsignedByte()).as("type").isEqualTo(4);
            in.skipBytes(5);
            Map<Integer, Integer> settings = new HashMap<>();
            for (int read = 0; read < length; read += 6) {
                settings.put(in.readUnsignedShort(), in.readInt());
            }
            assertThat(settings).containsEntry(3, 128).containsEntry(6, 16 * 1024);
            assertThat(settings.getOrDefault(8, 0)).as("connect protocol").isZero();
        }
    }

    /** Pings, settings, and requests that are taken back at once. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "000008 06 00 00000000 0000000000000000",
                "000000 04 00 00000000",
                "000006 01 05 %1$08x 828784410178 000004 03 00 %1$08x 00000008"
            })
    void a_flood_of_frames_that_carry_nothing_ends_the_connection(String frames) throws Exception {
        try (SSLSocket socket = connect()) {
            say(socket, NO_SETTINGS);
            StringBuilder flood = new StringBuilder();
            for (int i = 0; i < 2_000; i++) {
                flood.append(frames.formatted(2 * i + 1));
            }
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    say(socket, flood.toString());
                } catch (IOException e) {
                    // That it does not take everything is the point.
                }
            });
            assertThatNothingIsLeft(socket);
            sent.get(20, SECONDS);
        }
    }

    /** A connection without a request may not be kept by talk about the connection. */
    @Test
    void pings_do_not_keep_a_connection_without_requests() throws Exception {
        try (Edge restless = Edge.of(config -> config.withTimes(
                                config.times().withHeaders(SHORT).withIdle(SHORT))
                        .withTls(tls));
                SSLSocket socket = connect(restless)) {
            say(socket, NO_SETTINGS);
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !sayIfPossible(socket, "000008 06 00 00000000 0000000000000000"));
        }
    }

    private static HttpConfig impatient(HttpConfig config) {
        return config.withTimes(config.times().withUploadGrace(SHORT).withSendStuck(SHORT));
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().sslContext(trust).build();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + edge.port() + path))
                .timeout(Duration.ofSeconds(30));
    }

    private static SSLSocket connect() throws IOException {
        return connect(edge);
    }

    private static SSLSocket connect(Edge to) throws IOException {
        SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket("localhost", to.port());
        socket.setSoTimeout(15_000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
        socket.getOutputStream().write(PREFACE);
        return socket;
    }

    private static void say(SSLSocket socket, String frames) throws IOException {
        socket.getOutputStream().write(HexFormat.of().parseHex(frames.replace(" ", "")));
        socket.getOutputStream().flush();
    }

    private static boolean sayIfPossible(SSLSocket socket, String frames) {
        try {
            say(socket, frames);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the stream breaks off; what comes until then is read in small steps, slower than it may be taken. */
    private static boolean isCutOff(InputStream in) {
        try {
            return in.read(new byte[1024]) < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static void assertThatNothingIsLeft(SSLSocket socket) {
        byte[] buffer = new byte[8192];
        assertThatThrownBy(() -> {
                    while (socket.getInputStream().read(buffer) >= 0) {
                        assertThat(buffer).isNotEmpty();
                    }
                    throw new IOException("the end");
                })
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }
}
