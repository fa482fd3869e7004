package dev.daveloper.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daveloper.application.Core;
import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.events.out.EventHub;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.ratelimits.out.Limiters;
import dev.daveloper.application.testkit.InMemoryCache;
import dev.daveloper.application.testkit.InMemoryDocuments;
import dev.daveloper.application.testkit.InMemoryPolicyStore;
import dev.daveloper.application.testkit.InMemoryRateLimiter;
import dev.daveloper.application.testkit.InMemoryStores;
import dev.daveloper.application.testkit.InMemoryWebhooks;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.events.UnexpectedFailure;
import dev.daveloper.http.testkit.ApiContract;
import dev.daveloper.http.webhooks.ScriptedReceiver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** The real core and the real server on a port of its own, over an agent by script and stores in memory. */
public final class TestGateway implements AutoCloseable {
    public static final HttpTimes QUICK = new HttpTimes(
            Duration.ofMillis(400),
            Duration.ofSeconds(25),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(3));
    public static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> LIBRARY = Map.of("guides/agents", "# Agents\n");

    private final Core core;
    private final HttpServer server;
    private final InMemoryWebhooks held = new InMemoryWebhooks(InstantSource.system());
    private final ScriptedReceiver receiver = new ScriptedReceiver(InstantSource.system());
    private final InMemoryDocuments documents = new InMemoryDocuments(InstantSource.system());
    private final InMemoryRateLimiter limiter = new InMemoryRateLimiter(InstantSource.system());
    private final InMemoryCache cache = new InMemoryCache(InstantSource.system());
    private final List<GatewayEvent> heard = new CopyOnWriteArrayList<>();
    private final EventHub events = new EventHub(heard::add);
    private final List<UnexpectedFailure> reported = new CopyOnWriteArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TestGateway(
            ScriptedAgent agent,
            CoreSettings settings,
            List<HealthProbe> probes,
            UnaryOperator<HttpConfig> config,
            UnaryOperator<HttpPorts> ports,
            Tracer tracer) {
        this.core = Core.open(
                TestPorts.of(
                        agent,
                        held,
                        receiver.ports(held),
                        documents,
                        probes,
                        events,
                        new Limiters(limiter, limiter, new InMemoryPolicyStore()),
                        cache,
                        tracer),
                settings);
        HttpPorts real = new HttpPorts(
                core.chat(),
                core.tools(),
                core.sessions(),
                core.health(),
                path -> Optional.ofNullable(LIBRARY.get(path)),
                core.documents(),
                core.limits(),
                core.caching(),
                core.cacheControl(),
                core.webhooks(),
                reported::add,
                tracer);
        try {
            this.server =
                    HttpServer.start(config.apply(HttpConfig.on("127.0.0.1", 0).withTimes(QUICK)), ports.apply(real));
        } catch (RuntimeException e) {
            core.close();
            throw e;
        }
        events.join(server);
    }

    public static TestGateway of(ScriptedAgent agent) {
        return of(agent, config -> config);
    }

    public static TestGateway of(ScriptedAgent agent, UnaryOperator<HttpConfig> config) {
        return new TestGateway(agent, CoreSettings.DEFAULT, List.of(), config, ports -> ports, Tracer.PASSING);
    }

    public static TestGateway of(ScriptedAgent agent, CoreSettings settings) {
        return new TestGateway(agent, settings, List.of(), config -> config, ports -> ports, Tracer.PASSING);
    }

    public static TestGateway of(ScriptedAgent agent, CoreSettings settings, UnaryOperator<HttpConfig> config) {
        return new TestGateway(agent, settings, List.of(), config, ports -> ports, Tracer.PASSING);
    }

    public static TestGateway withPorts(ScriptedAgent agent, UnaryOperator<HttpPorts> ports) {
        return new TestGateway(agent, CoreSettings.DEFAULT, List.of(), config -> config, ports, Tracer.PASSING);
    }

    public static TestGateway tracedBy(Tracer tracer, ScriptedAgent agent) {
        return new TestGateway(agent, CoreSettings.DEFAULT, List.of(), config -> config, ports -> ports, tracer);
    }

    public static TestGateway of(
            ScriptedAgent agent, UnaryOperator<HttpConfig> config, UnaryOperator<HttpPorts> ports) {
        return new TestGateway(agent, CoreSettings.DEFAULT, List.of(), config, ports, Tracer.PASSING);
    }

    public static TestGateway withProbes(List<HealthProbe> probes) {
        return withProbes(probes, ScriptedAgent.saying("hello"), config -> config);
    }

    public static TestGateway withProbes(
            List<HealthProbe> probes, ScriptedAgent agent, UnaryOperator<HttpConfig> config) {
        return new TestGateway(agent, CoreSettings.DEFAULT, probes, config, ports -> ports, Tracer.PASSING);
    }

    public InMemoryRateLimiter limiter() {
        return limiter;
    }

    public InMemoryStores stores() {
        return held.conversations();
    }

    public InMemoryDocuments documents() {
        return documents;
    }

    /** Whoever is told of what happens. */
    public ScriptedReceiver receiver() {
        return receiver;
    }

    public List<GatewayEvent> heard() {
        return heard;
    }

    /** What nobody expected. */
    public List<UnexpectedFailure> reported() {
        return reported;
    }

    public Core core() {
        return core;
    }

    public HttpServer server() {
        return server;
    }

    public int port() {
        return server.port();
    }

    public HttpClient client() {
        return client;
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    /** Sends it, and sees to it that what goes to and fro is as the API's document has it. */
    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        ApiContract.check(response);
        return response;
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    public HttpRequest.Builder post(String path, String json) {
        return request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
    }

    /** Opens a session by way of the API. */
    public Caller newCaller() throws IOException, InterruptedException {
        HttpResponse<String> opened = send(request("/sessions").POST(BodyPublishers.noBody()));
        JsonNode body = JSON.readTree(opened.body());
        return new Caller(body.get("sessionId").textValue(), body.get("token").textValue());
    }

    /** Somebody with a session. */
    public final class Caller {
        private final String sessionId;
        private final String token;

        private Caller(String sessionId, String token) {
            this.sessionId = sessionId;
            this.token = token;
        }

        public String sessionId() {
            return sessionId;
        }

        public String token() {
            return token;
        }

        public String cookie() {
            return "daveloper_session=" + token;
        }

        public HttpRequest.Builder request(String path) {
            return TestGateway.this.request(path).header("Authorization", "Bearer " + token);
        }

        public HttpResponse<String> get(String path) throws IOException, InterruptedException {
            return send(request(path));
        }

        public HttpResponse<String> delete(String path) throws IOException, InterruptedException {
            return send(request(path).DELETE());
        }

        public HttpRequest.Builder post(String path, String json) {
            return TestGateway.this.post(path, json).header("Authorization", "Bearer " + token);
        }

        public HttpResponse<String> ask(String message) throws IOException, InterruptedException {
            return send(post("/agent/chat", "{\"message\":\"" + message + "\"}"));
        }

        /** Starts a run in the background and gives its id. */
        public String startRun(String message) throws IOException, InterruptedException {
            return send(post("/agent/chat", "{\"message\":\"" + message + "\"}").header("Prefer", "respond-async"))
                    .headers()
                    .firstValue("X-Run-Id")
                    .orElseThrow();
        }

        /** Starts streaming an answer. */
        public EventReader stream(String message) throws IOException, InterruptedException {
            return EventReader.open(
                    client,
                    post("/agent/chat", "{\"message\":\"" + message + "\"}").header("Accept", "text/event-stream"));
        }

        /** Follows a run from behind this cursor; the start when it is empty. */
        public EventReader follow(String run, String after) throws IOException, InterruptedException {
            HttpRequest.Builder request = request("/agent/runs/" + run + "/events");
            return EventReader.open(client, after.isEmpty() ? request : request.header("Last-Event-ID", after));
        }
    }

    public static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    /** The pointers of a problem's errors. */
    public static List<String> pointers(HttpResponse<String> response) throws IOException {
        List<String> pointers = new ArrayList<>();
        json(response)
                .path("errors")
                .forEach(error -> pointers.add(error.get("pointer").textValue()));
        return pointers;
    }

    @Override
    public void close() {
        server.close();
        Thread closing = Thread.ofVirtual().start(core::close);
        // What a script still waits for is not waited for.
        closing.interrupt();
        client.shutdownNow();
    }
}
