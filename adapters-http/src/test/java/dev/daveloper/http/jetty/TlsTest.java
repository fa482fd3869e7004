package dev.daveloper.http.jetty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.EventReader;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.TlsConfig;
import dev.daveloper.http.UnusableCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static TestCertificates rsa;
    private static TestCertificates ec;
    private static SSLContext trust;
    private static Path certificate;
    private static Path key;
    private static TestGateway gateway;
    private static HttpClient client;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        rsa = TestCertificates.make("RSA");
        ec = TestCertificates.make("EC");
        trust = TestCertificates.trusting(List.of(rsa, ec));
        certificate = folder.resolve("cert.pem");
        key = folder.resolve("key.pem");
        rsa.replace(certificate, key);
        TlsConfig tls = new TlsConfig(certificate, key, Duration.ofMillis(20));
        gateway = TestGateway.of(ScriptedAgent.saying("hel", "lo"), config -> config.withTls(tls));
        client = HttpClient.newBuilder().sslContext(trust).build();
    }

    @AfterAll
    static void stop() {
        client.shutdownNow();
        gateway.close();
    }

    @Test
    void browsers_agree_on_http_2_and_get_secure_cookies() throws Exception {
        HttpResponse<String> opened =
                client.send(request("/sessions").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        assertThat(opened.version()).isEqualTo(Version.HTTP_2);
        assertThat(opened.statusCode()).isEqualTo(201);
        assertThat(opened.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("__Host-daveloper_session=")
                .contains("; Secure");
        assertThat(opened.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
        assertThat(opened.headers().firstValue("X-Request-Id")).isPresent();
        HttpResponse<String> own = client.send(
                request("/sessions")
                        .header("Origin", "https://localhost:" + gateway.port())
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertThat(own.statusCode()).isEqualTo(201);
        HttpResponse<String> unknown = client.send(request("/nowhere").build(), BodyHandlers.ofString());
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("Strict-Transport-Security")).isPresent();
    }

    @Test
    void an_answer_is_streamed_over_either_version() throws Exception {
        for (Version version : Version.values()) {
            HttpRequest.Builder asked = request("/agent/chat")
                    .version(version)
                    .header("Content-Type", "application/json")
                    .header("Accept", "text/event-stream")
                    .POST(BodyPublishers.ofString("{\"message\":\"hi\"}"));
            try (EventReader events = EventReader.open(client, asked)) {
                assertThat(events.response().version()).isEqualTo(version);
                assertThat(EventReader.textOf(events.rest())).isEqualTo("hello");
            }
        }
    }

    @Test
    void websockets_are_opened_over_tls() throws Exception {
        CompletableFuture<String> ready = new CompletableFuture<>();
        WebSocket socket = client.newWebSocketBuilder()
                .subprotocols("daveloper.v1")
                .header("Origin", "https://localhost:" + gateway.port())
                .buildAsync(URI.create("wss://localhost:" + gateway.port() + "/ws/chat"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
                        ready.complete(text.toString());
                        return null;
                    }
                })
                .get(10, SECONDS);
        socket.sendText("{\"type\":\"hello\",\"id\":\"h\",\"token\":\"" + newToken() + "\"}", true)
                .get(10, SECONDS);
        assertThat(ready.get(10, SECONDS)).contains("\"type\":\"ready\"");
        socket.abort();
    }

    @Test
    void a_client_that_names_its_protocols_is_met_in_the_best_of_them() throws Exception {
        assertThat(agreedOn("http/1.1")).isEqualTo("http/1.1");
        assertThat(agreedOn("h2", "http/1.1")).isEqualTo("h2");
        assertThat(agreedOn()).isEmpty();
    }

    private String agreedOn(String... protocols) throws Exception {
        try (SSLSocket socket = connect()) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(protocols);
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            String agreed = socket.getApplicationProtocol();
            if (!agreed.equals("h2")) {
                assertThat(exchange(socket, "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"))
                        .startsWith("HTTP/1.1 200");
            }
            return agreed;
        }
    }

    @Test
    void only_tls_1_2_and_1_3_are_spoken_and_any_name_may_point_here() throws Exception {
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            try (SSLSocket socket = connect()) {
                socket.setEnabledProtocols(new String[] {protocol});
                socket.startHandshake();
                assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
                String answer = exchange(socket, "GET /health/live HTTP/1.1\r\nHost: other.example\r\n\r\n");
                assertThat(answer).startsWith("HTTP/1.1 200");
            }
        }
        assertThat(new Certificates(new TlsConfig(certificate, key)).context().getIncludeProtocols())
                .containsExactly("TLSv1.3", "TLSv1.2");
    }

    @Test
    void replaced_files_are_shown_to_new_connections_while_old_ones_go_on() throws Exception {
        try (SSLSocket old = connect()) {
            old.startHandshake();
            Certificate before = shown(old);
            TestCertificates next = before.equals(rsa.certificate()) ? ec : rsa;
            next.replace(certificate, key);
            await().atMost(Duration.ofSeconds(20)).until(() -> shownNow().equals(next.certificate()));
            assertThat(exchange(old, "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
            assertThat(shown(old)).isEqualTo(before);
        }
    }

    @Test
    void plain_http_is_not_answered_on_this_port() {
        assertThatThrownBy(() -> gateway.get("/health/live")).isInstanceOf(IOException.class);
    }

    @Test
    void files_that_cannot_be_used_stop_the_start(@TempDir Path folder) {
        TlsConfig missing = new TlsConfig(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        assertThatThrownBy(() -> Edge.of(config -> config.withTls(missing)))
                .isInstanceOf(UnusableCertificate.class)
                .hasMessageContaining("cert.pem cannot be read");
    }

    @Test
    void a_client_that_does_not_trust_the_certificate_is_not_let_in_otherwise() throws Exception {
        try (HttpClient strict = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> strict.send(request("/health/live").build(), BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    private static String newToken() throws Exception {
        String body = client.send(
                        request("/sessions").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString())
                .body();
        return TestGateway.JSON.readTree(body).get("token").textValue();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private static SSLSocket connect() throws IOException {
        SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket("localhost", gateway.port());
        socket.setSoTimeout(15_000);
        return socket;
    }

    private static Certificate shownNow() throws IOException {
        try (SSLSocket socket = connect()) {
            socket.startHandshake();
            return shown(socket);
        }
    }

    private static Certificate shown(SSLSocket socket) throws IOException {
        return socket.getSession().getPeerCertificates()[0];
    }

    private static String exchange(SSLSocket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
    }
}
