package dev.daveloper.http;

import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Requests byte by byte, {@code TOKEN} standing for a session's token: lines, headers, cookies, queries, bodies. */
class RequestFuzzTest extends WireFuzz {
    @Override
    protected void take(byte[] input) throws Exception {
        TestGateway gateway = gateway();
        String request = new String(input, StandardCharsets.ISO_8859_1).replace("TOKEN", caller().token());
        try (RawConnection connection = new RawConnection(gateway.port(), 0)) {
            try {
                connection.say(request);
                connection.fallSilent();
            } catch (SocketException e) {
                // It was refused before its end.
            }
            assertInCatalogue(answerOf(connection));
        }
    }
}
