package dev.daveloper.http.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.http.HttpTimes;
import dev.daveloper.http.RawConnection;
import dev.daveloper.http.TestGateway;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders who are refused before they have sent everything see why, however much they still have to send. */
class EarlyRefusalTest {
    private static final long BIG = 200L << 20;
    private static final byte[] CHUNK = new byte[64 * 1024];

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        // Sending takes a while on a busy machine; patience is not what is looked at here.
        gateway = Gateways.open(config -> config.withTimes(HttpTimes.DEFAULT));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static byte[] opening(String name) {
        Form form = new Form().part("Content-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n", "");
        byte[] open = form.open();
        return Arrays.copyOf(open, open.length - 2);
    }

    private static String head(String session, String more) {
        return "POST /documents/ingest HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + session + "\r\n" + more
                + "Content-Type: " + Form.TYPE + "\r\nContent-Length: " + BIG + "\r\n\r\n";
    }

    private static void sendBig(RawConnection connection) throws IOException {
        byte[] opening = opening("program.exe");
        connection.say(opening);
        for (long left = BIG - opening.length; left > 0; left -= CHUNK.length) {
            connection.say(left < CHUNK.length ? Arrays.copyOf(CHUNK, (int) left) : CHUNK);
        }
    }

    @Test
    void a_browser_that_looks_at_the_answer_when_all_is_sent_sees_it() throws Exception {
        try (RawConnection browser = new RawConnection(gateway.port(), 0)) {
            browser.say(head(gateway.newCaller().token(), ""));
            sendBig(browser);
            assertThat(browser.readAll())
                    .startsWith("HTTP/1.1 415")
                    .contains("Connection: close")
                    .contains("document_type_not_allowed");
        }
    }

    @Test
    void a_browser_without_a_valid_session_sees_it_as_well() throws Exception {
        try (RawConnection browser = new RawConnection(gateway.port(), 0)) {
            browser.say(head("nobody", ""));
            sendBig(browser);
            assertThat(browser.readAll()).startsWith("HTTP/1.1 401").contains("session_required");
        }
    }

    @Test
    void a_sender_that_looks_up_meanwhile_sees_it_before_all_is_sent() throws Exception {
        try (RawConnection curl = new RawConnection(gateway.port(), 0)) {
            curl.say(head("nobody", ""));
            curl.say(opening("program.exe"));
            assertThat(curl.readAll()).startsWith("HTTP/1.1 401").contains("session_required");
        }
    }

    @Test
    void a_sender_that_asks_before_it_sends_is_answered_without_being_told_to_go_on() throws Exception {
        try (RawConnection curl = new RawConnection(gateway.port(), 0)) {
            curl.say(head("nobody", "Expect: 100-continue\r\n"));
            assertThat(curl.readAll()).startsWith("HTTP/1.1 401").doesNotContain("100 Continue");
        }
        try (RawConnection curl = new RawConnection(gateway.port(), 0)) {
            curl.say(head(gateway.newCaller().token(), "Expect: 100-continue\r\n")
                    .replace("Content-Length: " + BIG, "Content-Length: " + (BIG << 10)));
            assertThat(curl.readAll())
                    .startsWith("HTTP/1.1 413")
                    .contains("body_too_large")
                    .doesNotContain("100 Continue");
        }
    }

    @Test
    void a_sender_that_was_told_to_go_on_sees_what_was_wrong_with_what_it_sent() throws Exception {
        try (RawConnection curl = new RawConnection(gateway.port(), 0)) {
            curl.say(head(gateway.newCaller().token(), "Expect: 100-continue\r\n"));
            assertThat(curl.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100");
            sendBig(curl);
            assertThat(curl.readAll()).startsWith("HTTP/1.1 415").contains("document_type_not_allowed");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_java_client_sees_it(boolean asks) throws Exception {
        HttpResponse<String> response = gateway.send(gateway.newCaller()
                .request("/documents/ingest")
                .header("Content-Type", Form.TYPE)
                .expectContinue(asks)
                .POST(big()));
        assertThat(response.statusCode()).isEqualTo(415);
        JsonNode problem = TestGateway.json(response);
        assertThat(problem.get("code").textValue()).isEqualTo("document_type_not_allowed");
    }

    @Test
    void the_files_before_are_told_of_and_that_the_rest_was_not_read() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        byte[] first = new Form().file("first.txt", "taken").open();
        BodyPublisher body =
                BodyPublishers.ofInputStream(() -> new SequenceInputStream(java.util.Collections.enumeration(List.of(
                        new ByteArrayInputStream(first), new ByteArrayInputStream(opening("program.exe")), zeros()))));
        HttpResponse<String> response = gateway.send(caller.request("/documents/ingest")
                .header("Content-Type", Form.TYPE)
                .POST(body));
        assertThat(response.statusCode()).isEqualTo(202);
        JsonNode answer = TestGateway.json(response);
        assertThat(answer.at("/items/0/job/name").textValue()).isEqualTo("first.txt");
        assertThat(answer.at("/items/1/problem/code").textValue()).isEqualTo("document_type_not_allowed");
        assertThat(answer.at("/rest/code").textValue()).isEqualTo("body_too_large");
    }

    @Test
    void nobody_is_listened_to_for_ever() throws Exception {
        try (TestGateway small = Gateways.open(config -> config.withUploads(Gateways.SMALL));
                RawConnection endless = new RawConnection(small.port(), 0)) {
            endless.say("POST /documents/ingest HTTP/1.1\r\nHost: x\r\nContent-Type: " + Form.TYPE
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n");
            assertThatThrownBy(() -> {
                        while (true) {
                            endless.say("10000\r\n");
                            endless.say(CHUNK);
                            endless.say("\r\n");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    private static BodyPublisher big() {
        byte[] opening = opening("program.exe");
        return BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> new SequenceInputStream(new ByteArrayInputStream(opening), zeros())),
                opening.length + BIG);
    }

    /** {@link #BIG} zeros. */
    private static InputStream zeros() {
        return new InputStream() {
            private long left = BIG;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                int read = (int) Math.min(left, length);
                Arrays.fill(buffer, offset, offset + read, (byte) 0);
                left -= read;
                return read;
            }
        };
    }
}
