package dev.daveloper.http.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.testkit.MessageContract;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket as a client holds it: messages wait to be read, the closing code can be asked for. */
public final class SocketClient implements WebSocket.Listener, AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    /** Connects with the session's token in the first message still to be sent. */
    public static SocketClient connect(TestGateway gateway) {
        return connect(gateway, "/ws/chat", builder -> builder);
    }

    /** As {@link #connect(TestGateway)}, to another server of the same gateway. */
    static SocketClient connect(TestGateway gateway, int port) {
        return connect(gateway, port, "/ws/chat", builder -> builder);
    }

    static SocketClient connect(
            TestGateway gateway, String path, java.util.function.UnaryOperator<WebSocket.Builder> with) {
        return connect(gateway, gateway.port(), path, with);
    }

    private static SocketClient connect(
            TestGateway gateway, int port, String path, java.util.function.UnaryOperator<WebSocket.Builder> with) {
        SocketClient client = new SocketClient();
        WebSocket.Builder builder = gateway.client()
                .newWebSocketBuilder()
                .subprotocols("daveloper.v1")
                .connectTimeout(Duration.ofSeconds(10));
        client.socket = with.apply(builder)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + path), client)
                .join();
        return client;
    }

    /** Connects, says hello with the caller's token and is ready. */
    static SocketClient ready(TestGateway gateway, TestGateway.Caller caller) throws InterruptedException {
        SocketClient client = connect(gateway);
        client.say("{\"type\":\"hello\",\"id\":\"h\",\"token\":\"" + caller.token() + "\"}");
        JsonNode ready = client.next();
        if (!"ready".equals(ready.path("type").asText())) {
            throw new IllegalStateException("not ready but " + ready);
        }
        return client;
    }

    public void say(String message) {
        socket.sendText(message, true).join();
    }

    WebSocket socket() {
        return socket;
    }

    /** The next message. */
    JsonNode next() throws InterruptedException {
        JsonNode message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new IllegalStateException("no message came; closed: " + closed);
        }
        MessageContract.check(message);
        return message;
    }

    /** The next message of this type; others are passed over. */
    public JsonNode next(String type) throws InterruptedException {
        JsonNode message = next();
        while (!type.equals(message.path("type").asText())) {
            message = next();
        }
        return message;
    }

    /** The deltas' text up to the run's ending. */
    String textUntilFinished() throws InterruptedException {
        StringBuilder text = new StringBuilder();
        for (JsonNode message = next();
                !"run.finished".equals(message.path("type").asText());
                message = next()) {
            if ("text.delta".equals(message.path("type").asText())) {
                text.append(message.get("text").textValue());
            }
        }
        return text.toString();
    }

    int closeCode() throws Exception {
        return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    boolean isClosed() {
        return closed.isDone();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            try {
                messages.add(TestGateway.JSON.readTree(partial.toString()));
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.complete(1006);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
