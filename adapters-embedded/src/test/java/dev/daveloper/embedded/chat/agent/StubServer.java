package dev.daveloper.embedded.chat.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An HTTP server on this machine that answers each request with the next of its replies. */
final class StubServer implements AutoCloseable {
    final List<Request> requests = new CopyOnWriteArrayList<>();

    /** Counted down when a write finds that the client has gone. */
    final CountDownLatch clientGone = new CountDownLatch(1);

    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpServer server;

    record Request(String path, String authorization, String body) {}

    interface Reply {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    StubServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    StubServer then(Reply reply) {
        replies.add(reply);
        return this;
    }

    /** Replies with a status and a body. */
    StubServer then(int status, String body, String... headers) {
        return then(exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    /** Streams these chunks, each flushed, and ends the response. */
    StubServer thenStream(byte[]... chunks) {
        return then(exchange -> {
            OutputStream body = opened(exchange);
            for (byte[] chunk : chunks) {
                body.write(chunk);
                body.flush();
            }
        });
    }

    StubServer thenStream(String text) {
        return thenStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Streams this and breaks the connection off. */
    StubServer thenCutAfter(String text) {
        return then(exchange -> {
            OutputStream body = opened(exchange);
            body.write(text.getBytes(StandardCharsets.UTF_8));
            body.flush();
            throw new IOException("cut");
        });
    }

    /** Streams this and then comments until the client goes. */
    StubServer thenStreamOnAfter(String text) {
        return then(exchange -> {
            OutputStream body = opened(exchange);
            body.write(text.getBytes(StandardCharsets.UTF_8));
            try {
                while (!closed.await(10, TimeUnit.MILLISECONDS)) {
                    body.write(": on\n\n".getBytes(StandardCharsets.UTF_8));
                    body.flush();
                }
            } catch (IOException e) {
                clientGone.countDown();
                throw e;
            }
        });
    }

    /** Says nothing at all. */
    StubServer thenHang() {
        return then(exchange -> closed.await());
    }

    private static OutputStream opened(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(new Request(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    body));
            Reply reply = replies.poll();
            if (reply == null) {
                exchange.sendResponseHeaders(500, -1);
            } else {
                reply.to(exchange);
            }
            exchange.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
