package dev.daveloper.http.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.http.HttpLimits;
import dev.daveloper.http.RawConnection;
import dev.daveloper.http.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Handshakes and frames that a well-behaved client would not send. */
class SocketServletTest {
    static String handshakeRequest(String headers, String subprotocol) {
        return "GET /ws/chat HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + (subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
                + headers + "\r\n";
    }

    static String handshake(TestGateway gateway, String headers, String subprotocol) throws IOException {
        try (RawConnection connection = new RawConnection(gateway.port(), 0)) {
            connection.say(handshakeRequest(headers + "Connection: close\r\n", subprotocol));
            return connection.readAll();
        }
    }

    /** A frame as clients send it, masked with zeros. */
    static byte[] frame(int opcode, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x80 | opcode);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else if (payload.length < 65_536) {
            out.write(0x80 | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(0x80 | 127);
            out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        out.writeBytes(new byte[4]);
        out.writeBytes(payload);
        return out.toByteArray();
    }

    private static RawConnection open(TestGateway gateway, int receiveBufferBytes) throws IOException {
        RawConnection connection = new RawConnection(gateway.port(), receiveBufferBytes);
        connection.say(handshakeRequest("", "daveloper.v1"));
        assertThat(connection.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 101");
        return connection;
    }

    private static RawConnection openReady(TestGateway gateway, int receiveBufferBytes) throws Exception {
        String token = gateway.newCaller().token();
        RawConnection connection = open(gateway, receiveBufferBytes);
        connection.say(text("{\"type\":\"hello\",\"token\":\"" + token + "\"}"));
        connection.readUntil("65536}");
        return connection;
    }

    private static byte[] text(String message) {
        return frame(1, message.getBytes(StandardCharsets.UTF_8));
    }

    /** The code of the closing frame, after whatever else comes; -1 when the connection just ends. */
    private static int closeCode(RawConnection connection) throws IOException {
        var in = connection.in();
        while (true) {
            int first = in.read();
            if (first < 0) {
                return -1;
            }
            int length = in.read();
            if (length == 126) {
                length = (in.read() << 8) | in.read();
            }
            byte[] payload = in.readNBytes(length);
            if ((first & 15) == 8) {
                return ((payload[0] & 255) << 8) | (payload[1] & 255);
            }
        }
    }

    @Test
    void only_our_subprotocol_and_version_are_spoken() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"))) {
            assertThat(handshake(gateway, "", "chat, other"))
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "bad_request");
            assertThat(handshake(gateway, "", "")).startsWith("HTTP/1.1 400");
            String old =
                    handshakeRequest("Connection: close\r\n", "daveloper.v1").replace("Version: 13", "Version: 8");
            assertThat(RawConnection.exchange(gateway.port(), old))
                    .startsWith("HTTP/1.1 426")
                    .contains("Sec-WebSocket-Version: 13", "upgrade_required");
            assertThat(gateway.get("/ws/chat").statusCode()).isEqualTo(426);
            assertThat(handshake(gateway, "Origin: null\r\n", "daveloper.v1")).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void an_allowed_foreign_origin_is_let_in() throws Exception {
        try (TestGateway gateway = TestGateway.of(
                ScriptedAgent.saying("hello"),
                config -> config.withCorsOrigins(java.util.Set.of("https://app.example")))) {
            try (RawConnection connection = new RawConnection(gateway.port(), 0)) {
                connection.say(handshakeRequest("Origin: https://app.example\r\n", "daveloper.v1"));
                assertThat(connection.readUntil("\r\n\r\n"))
                        .startsWith("HTTP/1.1 101")
                        .contains("Sec-WebSocket-Protocol: daveloper.v1")
                        .doesNotContain("Sec-WebSocket-Extensions");
            }
        }
    }

    @Test
    void what_is_no_text_message_closes_the_socket_with_its_code() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"))) {
            try (RawConnection binary = openReady(gateway, 0)) {
                binary.say(frame(2, new byte[] {1, 2, 3}));
                assertThat(closeCode(binary)).isEqualTo(1003);
            }
            try (RawConnection badText = openReady(gateway, 0)) {
                badText.say(frame(1, new byte[] {'"', (byte) 0xc3, (byte) 0x28}));
                assertThat(closeCode(badText)).isEqualTo(1007);
            }
            try (RawConnection tooBig = openReady(gateway, 0)) {
                tooBig.say(frame(1, new byte[70_000]));
                assertThat(closeCode(tooBig)).isEqualTo(1009);
            }
            try (RawConnection unmasked = openReady(gateway, 0)) {
                unmasked.say(new byte[] {(byte) 0x81, 2, '{', '}'});
                assertThat(closeCode(unmasked)).isEqualTo(1002);
            }
        }
    }

    @Test
    void malformed_messages_are_answered_a_bounded_number_of_times() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"));
                SocketClient client = SocketClient.ready(gateway, gateway.newCaller())) {
            String[] wrong = {"{", "[]", "{\"type\":\"dance\",\"id\":\"9\"}", "{\"type\":7}", "{}", "{\"a\":1,\"a\":2}"
            };
            for (String message : wrong) {
                client.say(message);
                assertThat(client.next().get("type").textValue()).isEqualTo("error");
            }
            client.say("{\"type\":\"ping\"}");
            assertThat(client.next().get("type").textValue()).isEqualTo("pong");
            for (int i = wrong.length; i < HttpLimits.DEFAULT.maxMistakesPerSocket(); i++) {
                client.say("nonsense");
            }
            assertThat(client.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void a_viewer_that_reads_no_more_is_closed_and_the_others_go_on() throws Exception {
        String big = "x".repeat(64 * 1024);
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedAgent agent = ScriptedAgent.following(request -> {
            Script script = Script.say("start");
            for (int i = 0; i < 20; i++) {
                script = script.thenSay(big);
            }
            return script.thenWaitFor(gate).thenSay("end");
        });
        Viewers viewers = new Viewers();
        try (TestGateway gateway = TestGateway.of(
                agent, config -> config.withTimes(Fixtures.sendStuck(Duration.ofMillis(400))), viewers::watching)) {
            TestGateway.Caller caller = gateway.newCaller();
            try (SocketClient reading = SocketClient.ready(gateway, caller);
                    RawConnection stuck = open(gateway, 4096)) {
                reading.say("{\"type\":\"chat.send\",\"message\":\"hi\"}");
                String run = reading.next("chat.accepted").get("runId").textValue();
                stuck.say(text("{\"type\":\"hello\",\"token\":\"" + caller.token() + "\",\"resume\":[{\"runId\":\""
                        + run + "\"}]}"));
                await().atMost(Duration.ofSeconds(10)).until(() -> viewers.ended() == 1);
                gate.countDown();
                assertThat(reading.textUntilFinished()).hasSize("start".length() + 20 * big.length() + 3);
            }
        }
    }

    @Test
    void a_viewer_that_answers_no_ping_is_closed() throws Exception {
        try (TestGateway gateway = TestGateway.of(
                        ScriptedAgent.saying("hello"),
                        config -> config.withTimes(
                                Fixtures.socketHeartbeat(Duration.ofMillis(100), Duration.ofMillis(200))));
                RawConnection mute = openReady(gateway, 0)) {
            assertThat(closeCode(mute)).isEqualTo(1013);
        }
    }

    @Test
    void sockets_are_bounded_per_session_and_in_all() throws Exception {
        HttpLimits usual = HttpLimits.DEFAULT;
        HttpLimits few = new HttpLimits(
                usual.maxBodyBytes(),
                usual.maxMessageBytes(),
                usual.maxHeaderBytes(),
                usual.maxConnections(),
                usual.maxConcurrentRequests(),
                usual.maxStreams(),
                3,
                2,
                usual.maxFollowsPerSocket(),
                usual.maxMistakesPerSocket(),
                usual.maxOutgoingFrames(),
                usual.sendBufferBytes());
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"), config -> config.withLimits(few))) {
            TestGateway.Caller caller = gateway.newCaller();
            List<SocketClient> clients = new ArrayList<>();
            clients.add(SocketClient.ready(gateway, caller));
            clients.add(SocketClient.ready(gateway, caller));
            try (SocketClient third = SocketClient.connect(gateway)) {
                third.say("{\"type\":\"hello\",\"token\":\"" + caller.token() + "\"}");
                assertThat(third.closeCode()).isEqualTo(1013);
            }
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                try (SocketClient other = SocketClient.ready(gateway, gateway.newCaller());
                        SocketClient tooMany = SocketClient.connect(gateway)) {
                    assertThat(tooMany.closeCode()).isEqualTo(1013);
                    assertThat(other.isClosed()).isFalse();
                }
            });
            clients.forEach(SocketClient::close);
            await().atMost(Duration.ofSeconds(5)).ignoreExceptions().until(() -> {
                SocketClient.ready(gateway, caller).close();
                return true;
            });
        }
    }
}
