package dev.daveloper.bootstrap.metrics;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.daveloper.application.health.in.Health;
import dev.daveloper.http.health.HealthAnswer;
import dev.daveloper.http.health.HealthAnswer.Audience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators' tools how the gateway is, on a port of its own: {@code GET /metrics}, and in all detail {@code
 * /health}, {@code /health/live}, {@code /health/ready} and {@code /health/{component}}. It is the JDK's own server,
 * because three readers in a minute need no other. Whoever reaches it may read; nothing can be changed here.
 */
public final class ManagementServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);

    /** Connections that the kernel completes before they are accepted. */
    private static final int BACKLOG = 64;

    /** Before the name of a component. */
    private static final String COMPONENT = "/health/";

    /** Requests answered at once; more are told to come again. */
    private static final int MAX_AT_ONCE = 16;

    /** The JDK's server has these bounds for the whole process, and none by default. */
    private static final Map<String, String> BOUNDS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "30",
            "jdk.httpserver.maxConnections", "128");

    private final ObjectMapper json = new ObjectMapper();
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("management-", 0).factory());
    private final Optional<Metrics> metrics;
    private final HttpServer server;

    private ManagementServer(InetSocketAddress address, Optional<Metrics> metrics) throws IOException {
        this.metrics = metrics;
        BOUNDS.forEach((name, bound) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, bound);
            }
        });
        this.server = HttpServer.create(address, BACKLOG);
    }

    /**
     * Takes the address. Who connects waits until it is started.
     *
     * @param metrics empty when nothing is measured
     * @throws IOException when the address cannot be had
     */
    public static ManagementServer bind(InetSocketAddress address, Optional<Metrics> metrics) throws IOException {
        return new ManagementServer(address, metrics);
    }

    /** Answers from now on. */
    public void start(Health health) {
        server.createContext("/", exchange -> handle(exchange, health));
        server.setExecutor(threads);
        server.start();
    }

    /** The port it listens on, also when the system chose it. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** @param body whole: it is made before anything is told */
    private record Answer(int status, String mediaType, String body) {
        static Answer plain(int status, String sentence) {
            return new Answer(status, "text/plain; charset=utf-8", sentence + "\n");
        }
    }

    private void handle(HttpExchange exchange, Health health) throws IOException {
        try (exchange) {
            if (!places.tryAcquire()) {
                send(exchange, Answer.plain(503, "Too many ask at once; come again."));
                return;
            }
            try {
                send(exchange, answer(exchange, health));
            } finally {
                places.release();
            }
        } catch (RuntimeException e) {
            LOG.warn("a question of management was not answered", e);
            throw e;
        }
    }

    private Answer answer(HttpExchange exchange, Health health) throws IOException {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Answer.plain(405, "Only GET and HEAD are understood here.");
        }
        return switch (exchange.getRequestURI().getPath()) {
            case "/metrics" -> metrics(header(exchange, "Accept"));
            case "/health" -> answer(HealthAnswer.report(health, Audience.OPERATORS));
            case "/health/live" -> answer(HealthAnswer.live());
            case "/health/ready" -> answer(HealthAnswer.ready(health));
            default -> component(health, exchange.getRequestURI().getPath());
        };
    }

    private Answer component(Health health, String path) throws IOException {
        Optional<HealthAnswer> found = path.startsWith(COMPONENT)
                ? HealthAnswer.of(health, path.substring(COMPONENT.length()), Audience.OPERATORS)
                : Optional.empty();
        return found.isPresent() ? answer(found.get()) : nothing();
    }

    private static Answer nothing() {
        return Answer.plain(404, "Here are /metrics, /health, /health/live, /health/ready and /health/{component}.");
    }

    private Answer metrics(String accept) throws IOException {
        if (metrics.isEmpty()) {
            return Answer.plain(404, "Nothing is measured: metrics.enabled is false.");
        }
        Exposition form = Exposition.wanted(accept);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        metrics.get().write(all, form);
        return new Answer(200, form.mediaType(), all.toString(StandardCharsets.UTF_8));
    }

    private Answer answer(HealthAnswer told) throws IOException {
        return new Answer(told.status(), HealthAnswer.MEDIA_TYPE, json.writeValueAsString(told.body()));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.mediaType());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Vary", "Accept, Accept-Encoding");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (header(exchange, "Accept-Encoding").contains("gzip")) {
            body = zipped(body);
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static byte[] zipped(byte[] body) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zipping = new GZIPOutputStream(zipped)) {
            zipping.write(body);
        }
        return zipped.toByteArray();
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
