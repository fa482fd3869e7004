package dev.daveloper.http.failures;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A collector on a port of its own, which answers as it is told to. */
final class Collector implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    /** What came: the path, two headers, the body. */
    record Taken(String path, String authorization, String sentryAuth, String mediaType, String body) {}

    /** How it answers. */
    interface Answer {
        void give(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    private Collector(HttpServer server) {
        this.server = server;
    }

    static Collector answering(int status) throws IOException {
        return answering(exchange -> exchange.sendResponseHeaders(status, -1));
    }

    static Collector answering(Answer answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Collector collector = new Collector(server);
        server.setExecutor(collector.handlers);
        server.createContext("/", exchange -> collector.handle(exchange, answer));
        server.start();
        return collector;
    }

    /** Takes everything in and says nothing, until it is closed. */
    static Collector hanging() throws IOException {
        Collector[] self = new Collector[1];
        self[0] = answering(exchange -> self[0].closing.await());
        return self[0];
    }

    /** Begins an answer that does not end, until it is closed. */
    static Collector dripping() throws IOException {
        Collector[] self = new Collector[1];
        self[0] = answering(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('.');
            exchange.getResponseBody().flush();
            self[0].closing.await();
        });
        return self[0];
    }

    private void handle(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            taken.add(new Taken(
                    exchange.getRequestURI().toString(),
                    header(exchange, "Authorization"),
                    header(exchange, "X-Sentry-Auth"),
                    header(exchange, "Content-Type"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            answer.give(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    URI dsn() {
        return URI.create("http://abc123@127.0.0.1:" + server.getAddress().getPort() + "/inner/42");
    }

    Taken next() throws InterruptedException {
        Taken next = taken.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was reported");
        }
        return next;
    }

    int waiting() {
        return taken.size();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        handlers.shutdownNow();
    }
}
