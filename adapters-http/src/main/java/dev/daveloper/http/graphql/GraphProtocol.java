package dev.daveloper.http.graphql;

import dev.daveloper.http.HttpParts;
import dev.daveloper.http.sockets.Closing;
import dev.daveloper.http.sockets.Dialogue;
import dev.daveloper.http.sockets.OpenSocket;
import dev.daveloper.http.sockets.Opening;
import dev.daveloper.http.sockets.SocketProtocol;
import dev.daveloper.http.sockets.SocketWriter;
import java.util.Optional;

/** The protocol of the library graphql-ws, which is the one that clients know. */
final class GraphProtocol implements SocketProtocol {
    private final GraphEngine engine;
    private final HttpParts parts;

    GraphProtocol(GraphEngine engine, HttpParts parts) {
        this.engine = engine;
        this.parts = parts;
    }

    @Override
    public String name() {
        return "graphql-transport-ws";
    }

    @Override
    public String path() {
        return GraphRoutes.PATH;
    }

    @Override
    public Optional<Closing> unspoken() {
        return Optional.of(GraphClosing.NOT_ACCEPTABLE);
    }

    @Override
    public Closing silent() {
        return GraphClosing.INIT_TIMEOUT;
    }

    @Override
    public Dialogue begin(OpenSocket socket, SocketWriter writer, Opening opening) {
        return new GraphDialogue(engine, parts, socket, writer, opening);
    }
}
