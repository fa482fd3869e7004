package dev.daveloper.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.HttpTimes;
import dev.daveloper.http.RawConnection;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.TlsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SlowClientsTest {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(20);

    @Test
    void headers_that_trickle_in_are_cut_however_steadily_they_come() throws Exception {
        try (Edge edge = Edge.of(SlowClientsTest::impatientForHeaders);
                RawConnection slow = new RawConnection(edge.port(), 0)) {
            int sent = trickle(slow, "GET /who HTTP/1.1\r\nHost: x\r\nX-Long: ");
            assertThat(slow.readAll()).isEmpty();
            assertThat(sent).isGreaterThan(3);
        }
    }

    @Test
    void a_connection_on_which_nothing_ever_comes_is_cut() throws Exception {
        try (Edge edge = Edge.of(SlowClientsTest::impatientForHeaders);
                RawConnection silent = new RawConnection(edge.port(), 0)) {
            assertThat(silent.readAll()).isEmpty();
        }
    }

    @Test
    void the_next_request_of_a_connection_has_its_own_time_from_its_first_byte() throws Exception {
        try (Edge edge = Edge.of(SlowClientsTest::impatientForHeaders);
                RawConnection kept = new RawConnection(edge.port(), 0);
                RawConnection other = new RawConnection(edge.port(), 0)) {
            ask(kept);
            // The other one is cut for its silence, and the kept one, which has had a request, is not.
            assertThat(other.readAll()).isEmpty();
            ask(kept);
            trickle(kept, "GET /who HTTP/1.1\r\nX-Long: ");
            assertThat(kept.readAll()).isEmpty();
        }
    }

    @Test
    void a_stream_that_lasts_is_no_slow_request() throws Exception {
        ScriptedAgent agent = ScriptedAgent.saying("hello");
        try (TestGateway gateway = TestGateway.of(agent, SlowClientsTest::impatientForHeaders);
                RawConnection silent = new RawConnection(gateway.port(), 0)) {
            var caller = gateway.newCaller();
            String run = caller.startRun("hi");
            try (RawConnection viewer = new RawConnection(gateway.port(), 0)) {
                viewer.say("GET /agent/runs/" + run + "/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                        + caller.token() + "\r\n\r\n");
                assertThat(viewer.readUntil("run.finished")).startsWith("HTTP/1.1 200");
                assertThat(silent.readAll()).isEmpty();
            }
        }
    }

    @Test
    void a_tls_handshake_that_is_not_finished_is_cut(@TempDir Path folder) throws Exception {
        TestCertificates pair = TestCertificates.make("EC");
        Path certificate = Files.writeString(folder.resolve("cert.pem"), pair.certificatePem());
        Path key = Files.writeString(folder.resolve("key.pem"), pair.keyPem());
        try (Edge edge = Edge.of(config -> impatientForHeaders(config.withTls(new TlsConfig(certificate, key))));
                RawConnection silent = new RawConnection(edge.port(), 0)) {
            assertThat(silent.in().read()).isEqualTo(-1);
        }
    }

    @Test
    void a_body_that_trickles_in_or_stands_still_is_answered_and_cut() throws Exception {
        try (TestGateway gateway = TestGateway.of(
                ScriptedAgent.saying("hello"),
                config -> impatientForBodies(config).withTimes(impatientTimes()))) {
            String head = String.join(
                    "\r\n",
                    "POST /agent/chat HTTP/1.1",
                    "Host: x",
                    "Content-Type: application/json",
                    "Content-Length: 1000",
                    "",
                    "{");
            try (RawConnection slow = new RawConnection(gateway.port(), 0);
                    RawConnection still = new RawConnection(gateway.port(), 0)) {
                slow.say(head);
                still.say(head);
                CompletableFuture<String> answer = answerOf(slow);
                trickleUntil(slow, answer);
                assertThat(answer.get())
                        .startsWith("HTTP/1.1 408")
                        .contains("application/problem+json", "request_timeout");
                assertThat(slow.in().read()).isEqualTo(-1);
                assertThat(still.readUntil("request_timeout")).startsWith("HTTP/1.1 408");
            }
        }
    }

    @Test
    void a_body_that_comes_fast_enough_is_taken() throws Exception {
        try (Edge edge = Edge.of(SlowClientsTest::impatientForBodies);
                RawConnection quick = new RawConnection(edge.port(), 0)) {
            quick.say("POST /body HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 100000\r\n\r\n");
            quick.say("x".repeat(100_000));
            assertThat(quick.readAll()).startsWith("HTTP/1.1 200").endsWith("100000");
        }
    }

    @Test
    void an_answer_that_is_not_taken_is_given_up() throws Exception {
        try (Edge edge = Edge.of(config -> config.withTimes(config.times().withSendStuck(SHORT)));
                RawConnection stuck = new RawConnection(edge.port(), 4096)) {
            stuck.say("GET /much HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(stuck.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200");
            await().atMost(Duration.ofSeconds(20)).until(() -> edge.openConnections() == 0);
        }
    }

    private static HttpConfig impatientForHeaders(HttpConfig config) {
        return config.withTimes(config.times().withHeaders(SHORT));
    }

    private static HttpConfig impatientForBodies(HttpConfig config) {
        return config.withTimes(config.times().withUploadGrace(SHORT));
    }

    private static HttpTimes impatientTimes() {
        Duration one = Duration.ofSeconds(1);
        return new HttpTimes(one, one, one, one, one, one, one, one, one).withUploadGrace(SHORT);
    }

    private static void ask(RawConnection connection) throws IOException {
        connection.say("GET /who HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(connection.readUntil("false x")).startsWith("HTTP/1.1 200");
    }

    private static CompletableFuture<String> answerOf(RawConnection connection) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return connection.readUntil("\"}");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void trickleUntil(RawConnection connection, CompletableFuture<String> answer) {
        await().atMost(Duration.ofSeconds(20)).pollInterval(BETWEEN_BYTES).until(() -> {
            sayIfPossible(connection, "x");
            return answer.isDone();
        });
    }

    /** Says one more byte ever again, until nobody listens any more. */
    private static int trickle(RawConnection connection, String start) throws IOException {
        connection.say(start);
        AtomicInteger sent = new AtomicInteger();
        await().atMost(Duration.ofSeconds(20)).pollInterval(BETWEEN_BYTES).until(() -> {
            sent.incrementAndGet();
            return !sayIfPossible(connection, "x");
        });
        return sent.get();
    }

    private static boolean sayIfPossible(RawConnection connection, String text) {
        try {
            connection.say(text);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
