package dev.daveloper.http;

import dev.daveloper.application.documents.in.Library;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.events.Signal;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.cache.CacheRoutes;
import dev.daveloper.http.chat.ChatFeature;
import dev.daveloper.http.chat.ChatProtocol;
import dev.daveloper.http.documents.DocumentsFeature;
import dev.daveloper.http.documents.LibraryRoutes;
import dev.daveloper.http.failures.ErrorCatalogue;
import dev.daveloper.http.failures.FailureCounts;
import dev.daveloper.http.graphql.GraphConfig;
import dev.daveloper.http.graphql.GraphFeature;
import dev.daveloper.http.health.HealthRoutes;
import dev.daveloper.http.health.StatusRoutes;
import dev.daveloper.http.jetty.HeardRequests;
import dev.daveloper.http.jetty.JettyErrors;
import dev.daveloper.http.jetty.JettySetup;
import dev.daveloper.http.pages.ApiDocuments;
import dev.daveloper.http.pages.Deprecations;
import dev.daveloper.http.pages.Pages;
import dev.daveloper.http.ratelimits.LimitRoutes;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.security.AdminAudit;
import dev.daveloper.http.security.CrossSite;
import dev.daveloper.http.security.SecurityHeaders;
import dev.daveloper.http.sessions.SessionRoutes;
import dev.daveloper.http.sockets.CloseCode;
import dev.daveloper.http.sockets.SocketServlet;
import dev.daveloper.http.sockets.Sockets;
import dev.daveloper.http.webhooks.WebhooksFeature;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The gateway's HTTP side while it runs: REST, server-sent events, WebSocket and pages on one port. */
public final class HttpServer implements EventListener, AutoCloseable {
    /** The API of this version, and the newest one. */
    private static final List<String> PREFIXES = List.of("/v1", "");

    private final Javalin javalin;
    private final Sockets sockets;
    private final SseStreams streams;
    private final FailureCounts failures;
    private final StatusRoutes status;
    private final JettySetup setup;
    private final int port;

    private HttpServer(Javalin javalin, JettySetup setup, StatusRoutes status, HttpParts parts) {
        this.javalin = javalin;
        this.setup = setup;
        this.sockets = parts.sockets();
        this.streams = parts.streams();
        this.failures = parts.problems().counts();
        this.status = status;
        this.port = javalin.port();
    }

    /** As {@link #start(HttpConfig, HttpPorts, HttpObservers)}, with nobody who hears of anything. */
    public static HttpServer start(HttpConfig config, HttpPorts ports) {
        return start(config, ports, HttpObservers.NONE);
    }

    /**
     * Listens from now on.
     *
     * @throws UnknownEndpoint when a rate limit is about an endpoint that there is not
     * @throws dev.daveloper.http.graphql.UnusableDocuments when only trusted documents of GraphQL are to be done, and
     *     the list of them cannot be used
     * @throws UnusableCertificate when TLS is wanted and its files cannot be used
     * @throws RuntimeException when it cannot listen at this address
     */
    public static HttpServer start(HttpConfig config, HttpPorts ports, HttpObservers observers) {
        HttpParts parts = HttpParts.of(config, ports, PREFIXES, observers.sockets());
        try {
            return start(parts, observers);
        } catch (RuntimeException e) {
            parts.streams().close();
            throw e;
        }
    }

    private static HttpServer start(HttpParts parts, HttpObservers observers) {
        HttpConfig config = parts.config();
        HttpPorts ports = parts.ports();
        DocumentsFeature documents = new DocumentsFeature(parts);
        ChatFeature chat = new ChatFeature(parts, documents.feed(), observers.sockets());
        LimitRoutes limits = new LimitRoutes(parts);
        Optional<GraphFeature> graph = graphs(parts, limits, observers);
        StatusRoutes status = new StatusRoutes(parts, observers.figures());
        List<BiConsumer<RoutesConfig, String>> features = new ArrayList<>(plainFeatures(parts));
        features.addAll(List.of(chat::register, documents::register, limits::register, status::register));
        graph.ifPresent(feature -> features.add(feature::register));

        JettySetup setup = new JettySetup(config, observers.requests(), ports.tracer());
        Javalin javalin = Javalin.create(server -> {
            configure(server);
            setup.apply(server.jetty, new JettyErrors(parts.json(), parts.problems()));
            server.jetty.modifyServletContextHandler(context -> {
                SocketServlet.prepare(context, config.limits(), config.times());
                chat.addSockets(context, PREFIXES);
                graph.ifPresent(feature -> feature.addSockets(context, PREFIXES));
            });
            server.router.javaLangErrorHandler(
                    (response, error) -> parts.failures().answer(error, response));
            guard(server.routes, parts);
            new AdminAudit(parts.admins()).register(server.routes);
            PREFIXES.forEach(prefix -> features.forEach(feature -> feature.accept(server.routes, prefix)));
            Deprecations.ofDocument().register(server.routes, PREFIXES);
            addPages(server.routes, ports.library(), config.graphs());
        });
        limits.know(routesOf(javalin));
        ports.cacheControl().register(chat.warmables());
        HttpServer server = new HttpServer(javalin.start(), setup, status, parts);
        status.start();
        return server;
    }

    private static Optional<GraphFeature> graphs(HttpParts parts, LimitRoutes limits, HttpObservers observers) {
        return parts.config().graphs().enabled()
                ? Optional.of(new GraphFeature(parts, limits::put, observers.graphs()))
                : Optional.empty();
    }

    /** Those that nothing else here has to do with. */
    private static List<BiConsumer<RoutesConfig, String>> plainFeatures(HttpParts parts) {
        return List.of(
                new SessionRoutes(parts)::register,
                new CacheRoutes(parts)::register,
                new HealthRoutes(parts)::register,
                new ErrorCatalogue(
                        parts.bodies(), parts.admins(), parts.problems().counts())::register,
                new WebhooksFeature(parts)::register,
                new ApiDocuments(parts.config().graphs().hasSchema())::register);
    }

    /** Closes what a session has open here when it has ended, or when its token has changed. Has to hear all events. */
    @Override
    public void on(GatewayEvent event) {
        switch (event) {
            case GatewayEvent.SessionEnded ended -> sessionEnded(ended.sessionId());
            case GatewayEvent.SessionRenewed renewed -> sessionRenewed(renewed.sessionId());
            default -> {}
        }
    }

    /** Does the same when it has happened on another node. */
    public void hear(Signal signal) {
        switch (signal) {
            case Signal.SessionEnded ended -> sessionEnded(ended.session());
            case Signal.SessionRenewed renewed -> sessionRenewed(renewed.session());
            case Signal.RunCancelled cancelled -> {}
            case Signal.PoliciesChanged changed -> {}
            case Signal.WebhooksChanged changed -> {}
        }
    }

    private void sessionEnded(SessionId session) {
        sockets.closeSession(session, CloseCode.SESSION_ENDED);
        streams.endStreamsOf(session);
    }

    private void sessionRenewed(SessionId session) {
        sockets.closeSession(session, CloseCode.SESSION_RENEWED);
        streams.endStreamsOf(session);
    }

    /** The port it listens on, also when the configuration left the choice to the system. */
    public int port() {
        return port;
    }

    /** What was told as a failure, on every transport. */
    public FailureCounts failures() {
        return failures;
    }

    /** How the server is doing; cheap, from any thread. */
    public ServerStats stats() {
        return setup.stats(javalin.jettyServer().server(), streams.count());
    }

    /** Every address there is, each as its method and path with placeholders, such as {@code GET /v1/health}. */
    public List<String> routes() {
        return routesOf(javalin);
    }

    private static List<String> routesOf(Javalin javalin) {
        Stream<String> ofJavalin = javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(endpoint -> endpoint.method.name() + " " + endpoint.path);
        Stream<String> ofSockets = PREFIXES.stream().map(prefix -> "GET " + prefix + ChatProtocol.PATH);
        return Stream.concat(ofJavalin, ofSockets).sorted().toList();
    }

    /**
     * Stops: viewers of runs that go on are told to reconnect, requests in flight are finished within the configured
     * time. Returns when the port is free and every thread has ended. Idempotent.
     */
    @Override
    public void close() {
        sockets.close();
        streams.close();
        javalin.stop();
        status.close();
    }

    private static void addPages(RoutesConfig routes, Library library, GraphConfig graphs) {
        Pages pages = new Pages(graphs.hasPlayground());
        pages.register(routes);
        new LibraryRoutes(library, pages).register(routes);
    }

    private static void configure(JavalinConfig server) {
        server.startup.showJavalinBanner = false;
        server.startup.showOldJavalinVersionWarning = false;
        server.startup.startupWatcherEnabled = false;
        server.http.prefer405over404 = true;
        // An answer that holds a secret and an attacker's text must not be compressed.
        server.http.compressionStrategy = CompressionStrategy.NONE;
    }

    private static void guard(RoutesConfig routes, HttpParts parts) {
        routes.before(ctx -> {
            SecurityHeaders.api(ctx::header);
            parts.crossSite().check(ctx);
            if (CrossSite.answerPreflight(ctx)) {
                ctx.skipRemainingHandlers();
                return;
            }
            requireJson(ctx);
        });
        routes.beforeMatched(HttpServer::markRoute);
        parts.gate().register(routes);
        routes.beforeMatched(parts.requests()::refuseStray);
        routes.exception(Exception.class, parts.failures()::answer);
        // Javalin has a handler of its own for this kind, which would be the more specific one.
        routes.exception(HttpResponseException.class, parts.failures()::answer);
    }

    private static void markRoute(Context ctx) {
        Endpoint endpoint = ctx.endpoints().matchedHttpEndpoint();
        if (endpoint != null) {
            HeardRequests.mark(ctx.req(), endpoint.path);
        }
    }

    private static void requireJson(Context ctx) {
        String method = ctx.req().getMethod();
        boolean safe = method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
        if (!safe && !isUpload(ctx)) {
            Bodies.requireJsonOrNothing(ctx.req());
        }
    }

    /** The routes whose bodies are not JSON; they look at their type themselves. */
    private static boolean isUpload(Context ctx) {
        return ctx.req().getMethod().equals("POST")
                && PREFIXES.stream()
                        .anyMatch(prefix -> ctx.path().equals(prefix + DocumentsFeature.UPLOAD_PATH)
                                || ctx.path().equals(prefix + CacheRoutes.RESTORE_PATH));
    }
}
