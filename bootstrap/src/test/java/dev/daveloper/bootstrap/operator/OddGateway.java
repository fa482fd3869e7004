package dev.daveloper.bootstrap.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Something that answers where a gateway should, in its own way. */
public final class OddGateway implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** What it answers. */
    public interface Way {
        void answer(HttpExchange exchange) throws IOException;
    }

    private OddGateway(HttpServer server, Way way) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                way.answer(exchange);
            }
        });
        server.start();
    }

    public static OddGateway that(Way way) throws IOException {
        return new OddGateway(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), way);
    }

    public static OddGateway answering(int status, String type, byte[] body) throws IOException {
        return that(exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        });
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
