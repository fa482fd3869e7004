package dev.daveloper.bootstrap.webhooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.daveloper.domain.webhooks.SigningSecret;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Receives webhooks on this machine and shows them: when, which, whether the signature is genuine, and what is in it.
 * One that is genuine is answered by 204, another by 400, so that the sender sees it too.
 */
public final class Listener implements AutoCloseable {
    /** More than any event has. */
    private static final int MAX_BODY_BYTES = 256 * 1024;

    /** What a node has open to one receiver at most, and some for people; whoever comes then is hung up on. */
    private static final int MAX_CONNECTIONS = 320;

    /** What a request has from its first byte to its last, and a new connection until that comes. */
    private static final int MAX_READING_SECONDS = 5;

    /** The JDK's server has these bounds for the whole process, which does nothing else, and none by default. */
    private static final Map<String, Integer> BOUNDS = Map.of(
            "jdk.httpserver.maxConnections", MAX_CONNECTIONS,
            "sun.net.httpserver.maxReqTime", MAX_READING_SECONDS);

    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int GENUINE = 204;
    private static final int NOT_GENUINE = 400;
    private static final int TOO_LARGE = 413;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final SigningSecret secret;
    private final PrintStream out;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Listener(HttpServer server, SigningSecret secret, PrintStream out, InstantSource clock) {
        this.server = server;
        this.secret = secret;
        this.out = out;
        this.clock = clock;
    }

    /** @throws IOException when the port cannot be had */
    public static Listener open(int port, SigningSecret secret, PrintStream out, InstantSource clock)
            throws IOException {
        BOUNDS.forEach((name, bound) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, Integer.toString(bound));
            }
        });
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        Listener listener = new Listener(server, secret, out, clock);
        server.setExecutor(listener.threads);
        server.createContext("/", listener::receive);
        server.start();
        return listener;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
            if (body.length > MAX_BODY_BYTES) {
                exchange.sendResponseHeaders(TOO_LARGE, -1);
                return;
            }
            Headers headers = exchange.getRequestHeaders();
            String flaw = flawOf(headers, body);
            show(headers, body, flaw);
            exchange.sendResponseHeaders(flaw.isEmpty() ? GENUINE : NOT_GENUINE, -1);
        }
    }

    /** What is wrong with it; empty when it is genuine. */
    private String flawOf(Headers headers, byte[] body) {
        String id = given(headers.getFirst("webhook-id"));
        String timestamp = given(headers.getFirst("webhook-timestamp"));
        if (id.isEmpty() || !timestamp.matches("[0-9]{1,12}")) {
            return "it has no webhook-id or no webhook-timestamp";
        }
        Instant at = Instant.ofEpochSecond(Long.parseLong(timestamp));
        if (Duration.between(at, clock.instant()).abs().compareTo(TOLERANCE) > 0) {
            return "its webhook-timestamp is more than five minutes from now";
        }
        byte[] expected = secret.sign(id, at.getEpochSecond(), body).getBytes(StandardCharsets.UTF_8);
        boolean known = false;
        for (String signature : given(headers.getFirst("webhook-signature")).split(" ", -1)) {
            known |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
        }
        return known ? "" : "it is not signed with this secret";
    }

    private static String given(@Nullable String header) {
        return header == null ? "" : header;
    }

    private void show(Headers headers, byte[] body, String flaw) {
        String time = CLOCK.format(clock.instant().atZone(ZoneId.systemDefault()));
        String id = shown(given(headers.getFirst("webhook-id")));
        String line = time + "  " + id + "  " + (flaw.isEmpty() ? "genuine" : "NOT GENUINE: " + flaw);
        synchronized (out) {
            out.println(line);
            out.println(pretty(body));
            out.flush();
        }
    }

    private static String pretty(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        try {
            return shown(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(text)));
        } catch (JsonProcessingException e) {
            return shown(text);
        }
    }

    /** Whatever it says, it does nothing to the terminal. */
    private static String shown(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) && c != '\n' ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
