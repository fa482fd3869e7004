package dev.daveloper.http.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.QuotaExceeded;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.SessionToken;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.security.Callers;
import dev.daveloper.http.sockets.CloseCode;
import dev.daveloper.http.sockets.Dialogue;
import dev.daveloper.http.sockets.OpenSocket;
import dev.daveloper.http.sockets.Opening;
import dev.daveloper.http.sockets.SocketGate;
import dev.daveloper.http.sockets.SocketWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is said on one WebSocket, by the protocol of graphql-transport-ws; what is done for it is beside it. */
final class GraphDialogue implements Dialogue {
    /** Of an operation's id, which its client chooses. */
    private static final int MAX_ID_CHARS = 128;

    private final HttpParts parts;
    private final OpenSocket socket;
    private final SocketWriter writer;
    private final Opening opening;
    private final SocketGate gate;
    private final SocketOperations operations;
    private boolean greeted;
    private volatile Optional<SessionId> session = Optional.empty();

    GraphDialogue(GraphEngine engine, HttpParts parts, OpenSocket socket, SocketWriter writer, Opening opening) {
        this.parts = parts;
        this.socket = socket;
        this.writer = writer;
        this.opening = opening;
        this.gate = new SocketGate(parts.ports().limits(), opening.from());
        this.operations = new SocketOperations(engine, parts, socket, writer, opening, gate);
    }

    @Override
    public Optional<SessionId> sessionId() {
        return session;
    }

    @Override
    public void onMessage(String text) throws InterruptedException {
        try {
            ObjectNode message = parts.json().readObject(text);
            switch (message.path("type").asText()) {
                case "connection_init" -> greet(payloadOf(message));
                case "ping" -> answer(payloadOf(message));
                case "pong" -> payloadOf(message);
                case "subscribe" -> subscribe(message);
                case "complete" -> operations.end(idOf(message));
                default -> throw new InvalidRequest("#/type", "There is no message of this type");
            }
        } catch (Refusal e) {
            socket.close(GraphClosing.invalid(e.detail()));
        } catch (InvalidRequest e) {
            socket.close(GraphClosing.invalid(e.detail()));
        } catch (QuotaExceeded e) {
            socket.close(CloseCode.POLICY);
        }
    }

    /** A token in the message counts above that of the request; whoever shows none asks as a stranger. */
    private void greet(@Nullable ObjectNode payload) throws InterruptedException {
        if (greeted) {
            socket.close(GraphClosing.TOO_MANY_INITS);
            return;
        }
        greeted = true;
        gate.enter();
        Optional<String> shown = tokenIn(payload);
        Optional<SessionToken> token = shown.isPresent() ? shown.flatMap(Callers::parse) : opening.token();
        Optional<Session> proved = token.flatMap(parts.ports().sessions()::authenticate);
        if (shown.isPresent() && proved.isEmpty()) {
            socket.close(GraphClosing.FORBIDDEN);
            return;
        }
        session = proved.map(Session::id);
        if (proved.isPresent() && !parts.sockets().belongs(socket, proved.get().id())) {
            socket.close(CloseCode.TOO_MANY);
            return;
        }
        operations.open(proved.isPresent() ? token : Optional.empty());
        socket.greeted();
        writer.send("{\"type\":\"connection_ack\"}");
    }

    /** As {@code token}, or as the header that HTTP has for it, which many clients are set up to send. */
    private static Optional<String> tokenIn(@Nullable ObjectNode payload) {
        if (payload == null) {
            return Optional.empty();
        }
        for (String name : new String[] {"token", "Authorization", "authorization"}) {
            JsonNode value = payload.get(name);
            if (value != null && value.isTextual()) {
                return Optional.of(Callers.bearerIn(value.textValue()).orElse(value.textValue()));
            }
        }
        return Optional.empty();
    }

    private void answer(@Nullable ObjectNode payload) throws InterruptedException {
        gate.enter();
        ObjectNode pong = parts.json().object().put("type", "pong");
        if (payload != null) {
            pong.set("payload", payload);
        }
        writer.send(parts.json().text(pong));
    }

    private void subscribe(ObjectNode message) throws InterruptedException {
        String id = idOf(message);
        ObjectNode payload = payloadOf(message);
        if (payload == null) {
            throw new InvalidRequest("#/payload", "A subscribe message has a payload");
        }
        GraphRequest request = GraphRequests.of(payload, parts.json());
        if (!operations.isOpen()) {
            socket.close(GraphClosing.UNAUTHORIZED);
        } else if (!operations.begin(id, request)) {
            socket.close(GraphClosing.exists(id));
        }
    }

    private static String idOf(ObjectNode message) {
        String id = message.path("id").asText();
        if (!message.path("id").isTextual() || id.isEmpty() || id.length() > MAX_ID_CHARS) {
            throw new InvalidRequest("#/id", "An id is a string of 1 to " + MAX_ID_CHARS + " characters");
        }
        return id;
    }

    private static @Nullable ObjectNode payloadOf(ObjectNode message) {
        JsonNode payload = message.get("payload");
        if (payload == null || payload.isNull()) {
            return null;
        }
        if (payload instanceof ObjectNode object) {
            return object;
        }
        throw new InvalidRequest("#/payload", "A payload is an object");
    }

    @Override
    public void close() {
        operations.close();
    }
}
