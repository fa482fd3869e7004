package dev.daveloper.bootstrap.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Receivers of webhooks, each at a path of its own, which verify what comes by a library that is not ours and note it.
 * Each does as it is told with a request, by default it says that it has it.
 */
final class Receivers implements AutoCloseable {
    static final String ADMIN = ManyNodes.ADMIN_KEY;

    /** What a gateway needs to be told to send to loopback. */
    static final List<String> SENDING =
            List.of("--webhooks.allow-insecure=true", "--webhooks.allowed-networks=127.0.0.0/8", "--webhooks.ports=");

    /** The same for one that is not told its admin key yet. */
    static final List<String> OPTIONS =
            Stream.concat(Stream.of("--admin.keys=" + ADMIN), SENDING.stream()).toList();

    private static final int SECRET_BYTES = 32;
    private static final int LISTENING_BACKLOG = 1_000;

    /** What a receiver does with a request that was read and noted. */
    interface Behaviour {
        Behaviour OK = exchange -> exchange.sendResponseHeaders(204, -1);

        void answer(HttpExchange exchange) throws IOException;

        static Behaviour status(int status) {
            return exchange -> exchange.sendResponseHeaders(status, -1);
        }
    }

    /** One of them. */
    static final class Receiver {
        /** What was answered by a success, by the event's id. */
        final Map<String, JsonNode> received = new ConcurrentHashMap<>();

        final AtomicInteger requests = new AtomicInteger();
        final Set<String> unverified = ConcurrentHashMap.newKeySet();
        private volatile Behaviour behaviour = Behaviour.OK;
        private final String secret = newSecret();
        private volatile String id = "";

        void does(Behaviour other) {
            behaviour = other;
        }

        String id() {
            return id;
        }

        /** The sessions of all events of this type that it was sent and has taken. */
        Set<String> sessionsOf(String type) {
            Set<String> sessions = ConcurrentHashMap.newKeySet();
            received.values().stream()
                    .filter(body -> body.path("type").asText().equals(type))
                    .forEach(body ->
                            sessions.add(body.path("data").path("sessionId").asText()));
            return sessions;
        }

        private void serve(HttpExchange exchange) throws IOException {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                requests.incrementAndGet();
                String event = exchange.getRequestHeaders().getFirst("webhook-id");
                if (!isVerified(exchange, body)) {
                    unverified.add(event);
                }
                try {
                    behaviour.answer(exchange);
                } finally {
                    if (exchange.getResponseCode() / 100 == 2) {
                        received.put(event, Visitor.JSON.readTree(body));
                    }
                }
            }
        }

        private boolean isVerified(HttpExchange exchange, String body) {
            try {
                new Webhook(secret).verify(body, HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true));
                return true;
            } catch (WebhookVerificationException e) {
                return false;
            }
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger paths = new AtomicInteger();

    private Receivers(HttpServer server) {
        this.server = server;
    }

    static Receivers start() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), LISTENING_BACKLOG);
        Receivers receivers = new Receivers(server);
        server.setExecutor(receivers.threads);
        server.start();
        return receivers;
    }

    /** A receiver that this gateway tells of all there is. */
    Receiver at(URI gateway) throws IOException, InterruptedException {
        Receiver receiver = new Receiver();
        String path = "/receiver-" + paths.incrementAndGet();
        server.createContext(path, receiver::serve);
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
        // Brought along: something may be sent before the answer to the creation is read.
        receiver.id = create(gateway, url, receiver.secret).path("id").asText();
        return receiver;
    }

    /** An endpoint, as it was answered. */
    static JsonNode create(URI gateway, String url, String secret) throws IOException, InterruptedException {
        String wish = Visitor.JSON
                .createObjectNode()
                .put("url", url)
                .put("secret", secret)
                .toString();
        return ask(gateway, "POST", "/webhooks", wish, 201);
    }

    static String newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return "whsec_" + Base64.getEncoder().encodeToString(secret);
    }

    /** Asks as an administrator. */
    static JsonNode ask(URI gateway, String method, String path, String body, int expected)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve(path))
                .header("Authorization", "Bearer " + ADMIN)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = Visitor.HTTP.send(request, BodyHandlers.ofString());
        if (response.statusCode() != expected) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return Visitor.JSON.readTree(response.body().isEmpty() ? "{}" : response.body());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
