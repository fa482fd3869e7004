package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.http.TestGateway;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A client of graphql-transport-ws. */
final class GraphSocketClient implements WebSocket.Listener, AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    private GraphSocketClient(TestGateway gateway, String subprotocol, UnaryOperator<WebSocket.Builder> with) {
        this.socket = with.apply(gateway.client().newWebSocketBuilder().subprotocols(subprotocol))
                .buildAsync(URI.create("ws://127.0.0.1:" + gateway.port() + "/graphql"), this)
                .join();
    }

    static GraphSocketClient connect(TestGateway gateway) {
        return connect(gateway, with -> with);
    }

    static GraphSocketClient connect(TestGateway gateway, UnaryOperator<WebSocket.Builder> with) {
        return new GraphSocketClient(gateway, "graphql-transport-ws", with);
    }

    static GraphSocketClient speaking(TestGateway gateway, String subprotocol) {
        return new GraphSocketClient(gateway, subprotocol, with -> with);
    }

    /** Connected and acknowledged, as a stranger. */
    static GraphSocketClient stranger(TestGateway gateway) throws InterruptedException {
        return connect(gateway).greet("{\"type\":\"connection_init\"}");
    }

    /** Connected and acknowledged, as the session of this token. */
    static GraphSocketClient of(TestGateway gateway, String token) throws InterruptedException {
        return connect(gateway).greet("{\"type\":\"connection_init\",\"payload\":{\"token\":\"" + token + "\"}}");
    }

    GraphSocketClient greet(String init) throws InterruptedException {
        say(init);
        assertThat(next().toString()).isEqualTo("{\"type\":\"connection_ack\"}");
        return this;
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    void say(String message) {
        socket.sendText(message, true).join();
    }

    void subscribe(String id, String query, Map<String, ?> variables) {
        ObjectNode payload = TestGateway.JSON.createObjectNode().put("query", query);
        payload.set("variables", TestGateway.JSON.valueToTree(variables));
        ObjectNode message = TestGateway.JSON.createObjectNode().put("id", id).put("type", "subscribe");
        message.set("payload", payload);
        say(message.toString());
    }

    void complete(String id) {
        say("{\"id\":\"" + id + "\",\"type\":\"complete\"}");
    }

    JsonNode next() throws InterruptedException {
        JsonNode message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(message).as("a message; closed: " + closed).isNotNull();
        return message;
    }

    /** The next message, which is of this type and for this operation. */
    JsonNode next(String type, String id) throws InterruptedException {
        JsonNode message = next();
        assertThat(message.path("type").textValue()).as(message.toString()).isEqualTo(type);
        assertThat(message.path("id").textValue()).as(message.toString()).isEqualTo(id);
        return message;
    }

    /** The data of the only result of an operation, and the end of it. */
    JsonNode only(String id) throws InterruptedException {
        JsonNode payload = next("next", id).get("payload");
        assertThat(payload.has("errors")).as(payload.toString()).isFalse();
        next("complete", id);
        return payload.get("data");
    }

    /** The code that it was closed with. */
    int closeCode() throws Exception {
        return Integer.parseInt(closing().substring(0, 4));
    }

    /** The code and the reason. */
    String closing() throws Exception {
        return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    boolean hasMore() {
        return !messages.isEmpty();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            try {
                messages.add(TestGateway.JSON.readTree(partial.toString()));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.complete("1006 " + error);
    }

    /** Goes without a word. */
    void leave() {
        socket.abort();
    }

    @Override
    public void close() {
        leave();
    }
}
