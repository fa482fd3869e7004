package dev.daveloper.http.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.http.RawConnection;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.WireFuzz;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What comes over a WebSocket: behind a {@code T} messages as a client's library sends them, one on each line, and
 * otherwise the bytes of frames. {@code TOKEN} stands for a session's token.
 */
class SocketFuzzTest extends WireFuzz {
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final byte[] GOODBYE = {0x03, (byte) 0xe8};
    /** Of RFC 6455 what a client's own mistakes are told by, and ours; not 1011, which says that we failed. */
    private static final Set<Integer> CODES =
            Set.of(1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1013, 4401, 4408);

    @Override
    protected void take(byte[] input) throws Exception {
        TestGateway gateway = gateway();
        try (RawConnection connection = new RawConnection(gateway.port(), 0)) {
            connection.say(SocketServletTest.handshakeRequest("", "daveloper.v1"));
            assertThat(connection.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 101");
            try {
                say(connection, input);
                connection.fallSilent();
            } catch (SocketException e) {
                // It was closed before the end.
            }
            assertOurs(ByteBuffer.wrap(answerOf(connection)), input);
        }
        assertThat(gateway.reported()).isEmpty();
    }

    private void say(RawConnection connection, byte[] input) throws IOException {
        if (input.length == 0 || input[0] != 'T') {
            connection.say(input);
            return;
        }
        String messages = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
        for (String message : messages.replace("TOKEN", caller().token()).split("\n", -1)) {
            connection.say(SocketServletTest.frame(TEXT, message.getBytes(StandardCharsets.UTF_8)));
        }
        connection.say(SocketServletTest.frame(CLOSE, GOODBYE));
    }

    /** Whole frames: those with text are JSON, the last may close with one of the codes or the client's own. */
    private static void assertOurs(ByteBuffer frames, byte[] said) throws IOException {
        while (frames.remaining() >= 2) {
            int opcode = frames.get() & 0x0f;
            int length = frames.get() & 0x7f;
            length = length == 126 ? frames.getShort() & 0xffff : length == 127 ? (int) frames.getLong() : length;
            if (length > frames.remaining()) {
                return;
            }
            byte[] payload = new byte[length];
            frames.get(payload);
            if (opcode == TEXT) {
                assertThat(TestGateway.JSON.readTree(payload).path("type").asText())
                        .isNotEmpty();
            } else if (opcode == CLOSE && length >= 2) {
                int code = ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
                assertThat(CODES.contains(code) || isWithin(said, payload[0], payload[1]))
                        .as("closed with %d", code)
                        .isTrue();
            }
        }
    }

    private static boolean isWithin(byte[] said, byte first, byte second) {
        return IntStream.range(1, said.length).anyMatch(i -> said[i - 1] == first && said[i] == second);
    }
}
