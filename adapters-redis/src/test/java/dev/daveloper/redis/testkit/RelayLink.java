package dev.daveloper.redis.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;

/** One connection through a {@link Relay}: two sockets, and a thread for each direction. */
final class RelayLink {
    private static final int CHUNK_BYTES = 8 * 1024;

    /** Those that the network knows: what is laid over them may wait for the other side when it closes. */
    private final Socket client;

    private final Socket server;
    private final Gate toServer;
    private final Gate toClient;

    RelayLink(Socket client, Socket server, Gate toServer, Gate toClient) {
        this.client = client;
        this.server = server;
        this.toServer = toServer;
        this.toClient = toClient;
    }

    /** Passes on what the client sends, until one side ends or {@link #cut()}. */
    void passRequests(Socket plain) {
        pass(plain, server, toServer);
    }

    /** Passes on what the server answers, likewise. */
    void passReplies(Socket plain) {
        pass(server, plain, toClient);
    }

    private void pass(Socket from, Socket to, Gate gate) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            // Before the first read, which is what shakes hands under TLS.
            gate.pass();
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                gate.pass();
                out.write(chunk, 0, length);
                out.flush();
            }
        } catch (IOException ended) {
            // One side is gone: so is the other, as soon as it may learn it.
        } finally {
            gate.pass();
            cut();
        }
    }

    /** Ends it for both sides at once. */
    void cut() {
        try (client;
                server) {
            // Both are closed, the second even if the first cannot be.
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
