package dev.daveloper.http.sockets;

/** How a WebSocket ends (RFC 6455, section 7.4). */
public interface Closing {
    /** From 1000 to 4999; 4000 and above are a protocol's own. */
    int code();

    /** For people, of at most 123 bytes. */
    String reason();
}
