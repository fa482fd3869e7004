package dev.daveloper.http.sockets;

import java.util.Optional;

/** A language that is spoken on WebSockets. Safe for use by many threads. */
public interface SocketProtocol {
    /** As {@code Sec-WebSocket-Protocol} has it. */
    String name();

    /** Below each prefix. */
    String path();

    /** How a socket is closed whose client offers other languages alone; empty when its handshake is refused. */
    default Optional<Closing> unspoken() {
        return Optional.empty();
    }

    /** How a socket is closed whose client does not say in time who it is. */
    Closing silent();

    /** Begins a dialogue on a socket that is open. */
    Dialogue begin(OpenSocket socket, SocketWriter writer, Opening opening);
}
