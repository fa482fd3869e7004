package dev.daveloper.http.chat;

import dev.daveloper.http.sockets.CloseCode;
import dev.daveloper.http.sockets.Closing;
import dev.daveloper.http.sockets.Dialogue;
import dev.daveloper.http.sockets.OpenSocket;
import dev.daveloper.http.sockets.Opening;
import dev.daveloper.http.sockets.SocketProtocol;
import dev.daveloper.http.sockets.SocketWriter;

/** What {@code asyncapi.yaml} describes. */
public final class ChatProtocol implements SocketProtocol {
    /** Where WebSockets are opened, below each prefix. */
    public static final String PATH = "/ws/chat";

    private final SocketServices services;

    ChatProtocol(SocketServices services) {
        this.services = services;
    }

    @Override
    public String name() {
        return "daveloper.v1";
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Closing silent() {
        return CloseCode.NO_HELLO;
    }

    @Override
    public Dialogue begin(OpenSocket socket, SocketWriter writer, Opening opening) {
        return new SocketDialogue(services, socket, writer, opening);
    }
}
