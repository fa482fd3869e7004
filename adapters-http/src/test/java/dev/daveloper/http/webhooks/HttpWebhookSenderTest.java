package dev.daveloper.http.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Trouble;
import dev.daveloper.domain.webhooks.Verdict;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpWebhookSenderTest extends SendingTest {
    @Test
    void what_arrives_is_what_was_handed_over() throws Exception {
        try (RawReceiver receiver = RawReceiver.on(RawReceiver.saying(OK))) {
            Attempt attempt = send(receiver.url());

            assertThat(attempt.verdict()).isEqualTo(Verdict.DELIVERED);
            assertThat(attempt.trouble()).isEqualTo(Trouble.NONE);
            assertThat(attempt.number()).isEqualTo(3);
            assertThat(attempt.head()).isEqualTo("ok");
            assertThat(receiver.requests.getFirst())
                    .startsWith("POST /hooks HTTP/1.1\r\n")
                    .containsIgnoringCase("host: 127.0.0.1:" + receiver.port())
                    .containsIgnoringCase("webhook-id: evt_1\r\n")
                    .containsIgnoringCase("x-own: yes\r\n")
                    .containsIgnoringCase("content-type: application/json\r\n")
                    .containsIgnoringCase("user-agent: Daveloper-Webhooks/test\r\n")
                    .doesNotContainIgnoringCase("accept-encoding")
                    .doesNotContainIgnoringCase("cookie")
                    .endsWith("\r\n\r\n{\"text\":\"ä漢😀\"}");
        }
    }

    @Test
    void a_connection_serves_the_next_delivery_too() throws Exception {
        try (RawReceiver receiver = RawReceiver.on(RawReceiver.saying(OK))) {
            send(receiver.url());
            send(receiver.url());
            assertThat(receiver.requests).hasSize(2);
            assertThat(receiver.connections).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void nobody_is_followed(int status) throws Exception {
        try (RawReceiver elsewhere = RawReceiver.on(RawReceiver.saying(OK));
                RawReceiver receiver = RawReceiver.on(RawReceiver.saying("HTTP/1.1 " + status + " Moved\r\nLocation: "
                        + elsewhere.url() + "\r\nContent-Length: 0\r\n\r\n"))) {
            Attempt attempt = send(receiver.url());
            assertThat(attempt.trouble()).isEqualTo(Trouble.REDIRECT);
            assertThat(attempt.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(attempt.status()).hasValue(status);
            assertThat(elsewhere.requests).isEmpty();
        }
    }

    @Test
    void a_refusal_is_told_with_its_wish_and_the_beginning_of_its_body() throws Exception {
        String body = "<h1>\u0000\u001b[31mbusy</h1>" + "x".repeat(5_000);
        try (RawReceiver receiver = RawReceiver.on(RawReceiver.saying(
                "HTTP/1.1 429 No\r\nRetry-After: 120\r\n" + "Content-Length: " + body.length() + "\r\n\r\n" + body))) {
            Attempt attempt = send(receiver.url());
            assertThat(attempt.verdict()).isEqualTo(Verdict.THROTTLED);
            assertThat(attempt.retryAfter()).contains(Duration.ofMinutes(2));
            assertThat(attempt.head()).startsWith("<h1>??[31mbusy</h1>").hasSize(Attempt.MAX_HEAD_CHARS);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sat, 31 Jan 2026 12:01:00 GMT",
                "Saturday, 31-Jan-26 12:01:00 GMT",
                "Sat Jan 31 12:01:00 2026",
                "60"
            })
    void a_wish_may_be_seconds_or_a_date(String wish) throws Exception {
        try (RawReceiver receiver = RawReceiver.on(
                RawReceiver.saying("HTTP/1.1 503 No\r\nRetry-After: " + wish + "\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(send(receiver.url()).retryAfter()).contains(Duration.ofMinutes(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "soon", "99999999999999999999", "Sat, 31 Jan 2020 12:01:00 GMT", ""})
    void what_is_no_wish_is_none(String wish) throws Exception {
        try (RawReceiver receiver = RawReceiver.on(
                RawReceiver.saying("HTTP/1.1 503 No\r\nRetry-After: " + wish + "\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(send(receiver.url()).retryAfter()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401 Unauthorized, ''",
        "401 Unauthorized, WWW-Authenticate: Basic realm=x",
        "407 Proxy Authentication Required, ''"
    })
    void who_asks_who_we_are_refuses_like_any_other(String status, String challenge) throws Exception {
        String header = challenge.isEmpty() ? "" : challenge + "\r\n";
        String answer = "HTTP/1.1 " + status + "\r\n" + header + "Content-Length: 9\r\n\r\nbad token";
        try (RawReceiver receiver = RawReceiver.on(RawReceiver.saying(answer))) {
            Attempt attempt = send(receiver.url());
            assertThat(attempt.trouble()).isEqualTo(Trouble.STATUS);
            assertThat(attempt.status()).hasValue(Integer.parseInt(status.substring(0, 3)));
            assertThat(attempt.head()).isEqualTo("bad token");
            assertThat(receiver.requests).hasSize(1);
        }
    }

    @Test
    void an_answer_without_end_costs_no_more_than_its_bound() throws Exception {
        RawReceiver.Behaviour gigabyte = (connection, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] part = new byte[16_384];
            for (long sent = 0; sent < 1_073_741_824L; sent += part.length) {
                out.write(part);
            }
        };
        try (RawReceiver receiver = RawReceiver.on(gigabyte)) {
            Attempt attempt = send(receiver.url());
            assertThat(attempt.verdict()).isEqualTo(Verdict.DELIVERED);
            assertThat(attempt.took()).isLessThan(SHORT);
        }
    }

    @Test
    void who_drips_is_left_when_the_time_is_over() throws Exception {
        RawReceiver.Behaviour drip = (connection, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write('x');
                out.flush();
                new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
            }
        };
        try (RawReceiver receiver = RawReceiver.on(drip)) {
            assertThat(send(receiver.url()).trouble()).isEqualTo(Trouble.TIMEOUT);
        }
    }

    @Test
    void who_never_answers_is_left_when_the_time_is_over() throws Exception {
        try (RawReceiver receiver = RawReceiver.on((connection, out) -> new CountDownLatch(1).await())) {
            Attempt attempt = send(receiver.url());
            assertThat(attempt.trouble()).isEqualTo(Trouble.TIMEOUT);
            assertThat(attempt.status()).isEmpty();
        }
    }

    @Test
    void nobody_there_is_a_refusal() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, loopback(1))) {
            port = free.getLocalPort();
        }
        assertThat(send("http://127.0.0.1:" + port + "/").trouble()).isEqualTo(Trouble.REFUSED);
    }

    @Test
    void a_connection_that_breaks_off_is_a_reset() throws Exception {
        RawReceiver.Behaviour reset = (connection, out) -> {
            connection.setSoLinger(true, 0);
            connection.close();
        };
        try (RawReceiver receiver = RawReceiver.on(reset)) {
            assertThat(send(receiver.url()).trouble()).isEqualTo(Trouble.RESET);
        }
        try (RawReceiver receiver = RawReceiver.on((connection, out) -> connection.close())) {
            assertThat(send(receiver.url()).trouble()).isEqualTo(Trouble.RESET);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 abc\r\n\r\n", "\u0000\u0001\u0002\u0003\r\n\r\n"})
    void what_is_no_http_is_told_as_that(String nonsense) throws Exception {
        try (RawReceiver receiver = RawReceiver.on((connection, out) -> {
            out.write(nonsense.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        })) {
            assertThat(send(receiver.url()).trouble()).isEqualTo(Trouble.PROTOCOL);
        }
    }

    @Test
    void headers_without_end_are_not_read_to_it() throws Exception {
        RawReceiver.Behaviour endless = (connection, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(("X-More: " + "y".repeat(1_000) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        };
        try (RawReceiver receiver = RawReceiver.on(endless)) {
            assertThat(send(receiver.url()).trouble()).isEqualTo(Trouble.PROTOCOL);
        }
    }

    @Test
    void what_comes_before_the_answer_is_not_the_answer() throws Exception {
        try (RawReceiver receiver = RawReceiver.on(
                RawReceiver.saying("HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n" + OK))) {
            assertThat(send(receiver.url()).status()).hasValue(200);
        }
    }

    @Test
    void where_tls_is_expected_and_not_spoken_it_is_told_as_that() throws Exception {
        try (RawReceiver receiver = RawReceiver.on(RawReceiver.saying(OK))) {
            assertThat(send("https://127.0.0.1:" + receiver.port() + "/").trouble())
                    .isIn(Trouble.TLS, Trouble.TIMEOUT, Trouble.RESET);
        }
    }

    @Test
    void an_attempt_is_broken_off_when_its_caller_is() throws Exception {
        try (RawReceiver receiver = RawReceiver.on((connection, out) -> new CountDownLatch(1).await())) {
            with(LOOPBACK, JudgedAddresses.Names.SYSTEM, Duration.ofMinutes(5));
            FutureTask<Attempt> sending = new FutureTask<>(() -> send(receiver.url()));
            Thread thread = Thread.ofVirtual().start(sending);
            await().until(() -> receiver.requests.size() == 1);
            thread.interrupt();
            assertThatThrownBy(sending::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        }
    }
}
