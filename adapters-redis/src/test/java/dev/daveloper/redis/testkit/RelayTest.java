package dev.daveloper.redis.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayTest {
    private RedisProcess redis;

    @BeforeEach
    void start() {
        redis = RedisProcess.start();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void a_relay_passes_questions_and_answers() throws IOException {
        try (Relay relay = Relay.to(redis.port());
                Resp client = new Resp(Resp.connect(relay.port()))) {
            assertThat(relay.url()).isEqualTo("redis://127.0.0.1:" + relay.port());
            String large = "x".repeat(1_000_000);
            assertThat(client.ask("SET", "k", large)).isEqualTo("OK");
            assertThat(client.ask("GET", "k")).isEqualTo(large);
            assertThat(relay.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_cut_ends_connections_and_new_ones_are_taken() throws IOException {
        try (Relay relay = Relay.to(redis.port());
                Resp client = new Resp(Resp.connect(relay.port()))) {
            client.ask("PING");
            relay.cut();
            assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> client.ask("PING"));
            assertThat(askedThrough(relay)).isEqualTo("PONG");
            assertThat(relay.accepted()).isEqualTo(2);
        }
    }

    @Test
    void new_connections_are_refused_while_old_ones_go_on() throws IOException {
        try (Relay relay = Relay.to(redis.port());
                Resp client = new Resp(Resp.connect(relay.port()))) {
            client.ask("PING");
            relay.refuse(true);
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> askedThrough(relay))
                    .withMessageContaining("refused");
            assertThat(client.ask("PING")).isEqualTo("PONG");

            relay.refuse(false);
            assertThat(askedThrough(relay)).isEqualTo("PONG");
        }
    }

    @Test
    void a_stall_keeps_the_connection_and_passes_nothing_until_it_ends() throws IOException {
        try (Relay relay = Relay.to(redis.port());
                Resp client = new Resp(Resp.connect(relay.port()))) {
            client.ask("PING");
            relay.stall(true);
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> client.ask("INCR", "n"))
                    .withMessageContaining("timed out");
            assertThat(redis.command("GET", "n")).isEmpty();
            assertThat(relay.connections()).isEqualTo(1);

            relay.stall(false);
            assertThat(client.ask("INCR", "n"))
                    .as("the late answer comes first")
                    .isEqualTo("1");
            assertThat(askedThrough(relay)).isEqualTo("PONG");
        }
    }

    @Test
    void the_end_of_a_server_is_not_learnt_during_a_stall_but_a_cut_is() throws IOException {
        try (Relay relay = Relay.to(redis.port());
                Resp client = new Resp(Resp.connect(relay.port()))) {
            client.ask("PING");
            relay.stall(true);
            redis.kill();
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> client.ask("PING"))
                    .withMessageContaining("timed out");
            relay.cut();
            assertThat(relay.connections()).isZero();
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> client.ask("PING"))
                    .satisfies(cut -> assertThat(cut).hasMessageNotContaining("timed out"));
        }
    }

    @Test
    void what_was_asked_is_done_while_answers_are_stalled() throws IOException {
        try (Relay relay = Relay.to(redis.port());
                Resp client = new Resp(Resp.connect(relay.port()))) {
            relay.stallReplies(true);
            assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> client.ask("INCR", "n"));
            assertThat(redis.command("GET", "n")).isEqualTo("1");
        }
    }

    @Test
    void a_server_that_is_gone_ends_the_connection() throws IOException {
        try (Relay relay = Relay.to(redis.port());
                Resp client = new Resp(Resp.connect(relay.port()))) {
            client.ask("PING");
            redis.kill();
            assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> client.ask("PING"));
            assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> askedThrough(relay));
        }
    }

    @Test
    void tls_ends_at_the_relay_for_clients_that_trust_its_certificate() throws Exception {
        try (TlsIdentity identity = TlsIdentity.create();
                Relay relay = Relay.tls(redis.port(), identity.context())) {
            assertThat(relay.url()).startsWith("rediss://");
            for (String host : new String[] {"localhost", "127.0.0.1"}) {
                try (Resp client = new Resp(secure(relay, trusting(identity), host))) {
                    assertThat(client.ask("PING")).isEqualTo("PONG");
                }
            }
            assertThatExceptionOfType(SSLHandshakeException.class)
                    .isThrownBy(() -> secure(relay, SSLContext.getDefault(), "localhost"));
        }
    }

    @Test
    void faults_are_the_same_under_tls() throws Exception {
        try (TlsIdentity identity = TlsIdentity.create();
                Relay relay = Relay.tls(redis.port(), identity.context())) {
            try (Resp client = new Resp(secure(relay, trusting(identity), "localhost"))) {
                client.ask("PING");
                relay.cut();
                assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> client.ask("PING"));
            }
            try (Resp client = new Resp(secure(relay, trusting(identity), "localhost"))) {
                relay.stall(true);
                assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> client.ask("PING"));
                relay.stall(false);
                assertThat(client.ask("PING")).isEqualTo("PONG");
            }
        }
    }

    private static String askedThrough(Relay relay) {
        return Resp.ask(relay.port(), Optional.empty(), "PING");
    }

    private static SSLContext trusting(TlsIdentity identity) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(identity.certificate())) {
            trusted.setCertificateEntry(
                    "relay", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static Socket secure(Relay relay, SSLContext context, String host) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(host, relay.port());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
            return socket;
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }
}
