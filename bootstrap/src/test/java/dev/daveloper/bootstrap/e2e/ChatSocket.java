package dev.daveloper.bootstrap.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A viewer on a WebSocket, who may stop reading. */
final class ChatSocket implements WebSocket.Listener, AutoCloseable {
    /** A connection that is cut without a closing frame, as RFC 6455 calls it. */
    private static final int CUT = 1006;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;
    private volatile boolean reading = true;

    private ChatSocket(HttpClient http, URI base) {
        URI address = URI.create("ws://" + base.getAuthority() + "/ws/chat");
        this.socket = http.newWebSocketBuilder()
                .subprotocols("daveloper.v1")
                .buildAsync(address, this)
                .join();
    }

    /** Connects, and proves the visitor's session. */
    static ChatSocket open(Visitor visitor) {
        return open(visitor, Visitor.HTTP);
    }

    static ChatSocket open(Visitor visitor, HttpClient http) {
        ChatSocket opened = new ChatSocket(http, visitor.base());
        opened.send(hello(visitor));
        opened.awaitType("ready");
        return opened;
    }

    /** Whether the visitor's session may have one more WebSocket now; the one that tried is closed again. */
    static boolean hasPlace(Visitor visitor) {
        try (ChatSocket attempt = new ChatSocket(Visitor.HTTP, visitor.base())) {
            attempt.send(hello(visitor));
            Awaitility.await()
                    .atMost(RunningProgram.PATIENCE)
                    .until(() -> attempt.closed.isDone() || !attempt.events.isEmpty());
            return attempt.events.stream().anyMatch(event -> event.is("ready"));
        }
    }

    private static String hello(Visitor visitor) {
        return "{\"type\":\"hello\",\"id\":\"h\",\"token\":\"" + visitor.token() + "\"}";
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    void ask(String message) {
        send(JSON.createObjectNode()
                .put("type", "chat.send")
                .put("message", message)
                .toString());
    }

    void stopReading() {
        reading = false;
    }

    void readOn() {
        reading = true;
        socket.request(1);
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    String text() {
        return Event.textOf(events);
    }

    Event awaitType(String type) {
        return await(event -> event.is(type));
    }

    Event await(Predicate<Event> wanted) {
        return Awaitility.await()
                .atMost(RunningProgram.PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> events.stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /**
     * Waits for the connection's end, and gives the code it came with. Speaks all the while: the JDK's client at times
     * overlooks an end that came while it read nothing, until a write fails.
     */
    int awaitClose() {
        Awaitility.await()
                .atMost(RunningProgram.PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    if (isCut()) {
                        closed.complete(CUT);
                    }
                    return closed.isDone();
                });
        return closed.join();
    }

    private boolean isCut() {
        return socket.sendPing(ByteBuffer.allocate(0))
                .completeOnTimeout(socket, 1, TimeUnit.SECONDS)
                .handle((sent, failure) -> failure instanceof IOException)
                .join();
    }

    @Override
    public void close() {
        socket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            try {
                events.add(new Event(JSON.readTree(part.toString())));
            } catch (IOException e) {
                closed.completeExceptionally(e);
            }
            part.setLength(0);
        }
        if (reading) {
            from.request(1);
        }
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(CUT);
    }
}
