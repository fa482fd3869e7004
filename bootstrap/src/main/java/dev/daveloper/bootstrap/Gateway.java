package dev.daveloper.bootstrap;

import dev.daveloper.application.Core;
import dev.daveloper.application.Ports;
import dev.daveloper.application.documents.out.NoDocuments;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.application.events.out.EventHub;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.bootstrap.chat.WatchedChat;
import dev.daveloper.bootstrap.config.DocumentsChoice;
import dev.daveloper.bootstrap.config.GatewayConfig;
import dev.daveloper.bootstrap.events.EventLog;
import dev.daveloper.bootstrap.events.TroubleReports;
import dev.daveloper.bootstrap.jfr.FlightRecordings;
import dev.daveloper.bootstrap.metrics.Foundations;
import dev.daveloper.bootstrap.tracing.SpanCounts;
import dev.daveloper.bootstrap.tracing.Tracing;
import dev.daveloper.embedded.documents.BundledLibrary;
import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.HttpServer;
import dev.daveloper.http.UnknownEndpoint;
import dev.daveloper.http.UnusableCertificate;
import dev.daveloper.http.graphql.UnusableDocuments;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The whole gateway, wired: configuration, driven adapters, core, transports. Read it from top to bottom. */
final class Gateway implements AutoCloseable {
    /** How long viewers have to take the endings of their runs. */
    private static final Duration LAST_VIEWERS = Duration.ofSeconds(2);

    private final Tracing tracing;
    private final ChosenStores stores;
    private final ChosenReports reports;
    private final ChosenDocuments documents;
    private final ChosenAgent agent;
    private final ChosenWebhooks webhooks;
    private final Core core;
    private final WatchedChat chat;
    private final Warming warming;
    private final HttpServer http;
    private final Management management;

    private Gateway(
            Tracing tracing,
            ChosenStores stores,
            ChosenReports reports,
            ChosenDocuments documents,
            ChosenAgent agent,
            ChosenWebhooks webhooks,
            Core core,
            WatchedChat chat,
            Warming warming,
            HttpServer http,
            Management management) {
        this.tracing = tracing;
        this.stores = stores;
        this.reports = reports;
        this.documents = documents;
        this.agent = agent;
        this.webhooks = webhooks;
        this.core = core;
        this.chat = chat;
        this.warming = warming;
        this.http = http;
        this.management = management;
    }

    /**
     * Starts everything, side by side where it can be, and listens.
     *
     * @throws CannotStart with nothing left running, when something outside is in the way
     */
    static Gateway start(GatewayConfig config) throws CannotStart, InterruptedException {
        Tracing tracing = Tracing.open(config.tracing(), Version.NAME);
        BundledLibrary library = BundledLibrary.load();
        Beginning<ChosenStores> opening = Beginning.of("stores", () -> ChosenStores.open(config));
        Beginning<ChosenDocuments> keeping = beginDocuments(config, tracing.tracer());
        Beginning<Management> managing = beginManagement(config, tracing.counts());
        LateSearch search = new LateSearch();
        Beginning<ChosenAgent> choosing = beginAgent(config, library, search, tracing.tracer());
        Deque<Runnable> undo = new ArrayDeque<>(List.of(
                choosing::closeUnlessTaken, keeping::closeUnlessTaken, managing::closeUnlessTaken, tracing::close));
        try {
            ChosenStores stores = opening.get();
            undo.push(stores::close);
            ChosenReports reports = ChosenReports.open(config.errorReports(), config.clock());
            undo.push(reports::close);
            ChosenDocuments documents = keeping.get();
            undo.push(documents::close);
            search.found(documents.search());
            ChosenAgent agent = choosing.get();
            undo.push(agent::close);
            Management management = managing.get();
            undo.push(management::close);
            ChosenWebhooks webhooks = ChosenWebhooks.open(config, stores, management.deliveries());
            undo.push(webhooks::close);
            EventHub events = new EventHub(new TroubleReports(new EventLog(), reports.reporter()), management.events());
            Core core = openCore(stores, agent, documents, webhooks, events, tracing, management, config);
            undo.push(core::close);
            WatchedChat chat = new WatchedChat(core.chat());
            HttpServer http = listen(config.http(), offered(core, chat, library, reports, tracing), management);
            undo.push(http::close);
            introduce(http, events, stores.neighbours());
            management.start(core, chat, http, config.clock(), measuring(stores, documents, agent));
            Warming warming = Warming.start(config.cache().warm(), core.cacheControl());
            undo.clear();
            return new Gateway(
                    tracing, stores, reports, documents, agent, webhooks, core, chat, warming, http, management);
        } finally {
            undo.forEach(Runnable::run);
        }
    }

    /** Whoever listens hears of what happens, here and on other nodes. */
    private static void introduce(HttpServer http, EventHub events, Neighbours neighbours) {
        events.join(http);
        neighbours.listen(http::hear);
    }

    private static Beginning<Management> beginManagement(GatewayConfig config, SpanCounts spans) {
        return Beginning.of("management", () -> {
            Management management = Management.open(config.management());
            management.watch(spans);
            return management;
        });
    }

    private static Beginning<ChosenDocuments> beginDocuments(GatewayConfig config, Tracer tracer) {
        return Beginning.of("documents", () -> ChosenDocuments.open(config.documents(), tracer));
    }

    private static Beginning<ChosenAgent> beginAgent(
            GatewayConfig config, BundledLibrary library, LateSearch search, Tracer tracer) {
        // An agent that knows that there are none does not speak of them.
        PassageSearch searched = config.documents() instanceof DocumentsChoice.None ? NoDocuments.NONE : search;
        return Beginning.of("agent", () -> ChosenAgent.open(config.agent(), library, searched, tracer, config.clock()));
    }

    /** Begins what it takes time for and can do when it is asked already; returns at once. */
    void settle() {
        agent.settling().run();
    }

    /** The port it listens on. */
    int port() {
        return http.port();
    }

    /** The port on which it tells metrics and health; empty when it tells them nowhere. */
    Optional<Integer> managementPort() {
        return management.port();
    }

    /** Who makes the answers, for the operator. */
    String agentName() {
        return agent.name();
    }

    /** Who keeps documents, for the operator. */
    String documentsName() {
        return documents.name();
    }

    /**
     * Takes no new work and says so, lets the answers being made finish or ends them, tells every viewer, and closes
     * everything. The transports stay open while the core drains: this is how viewers get their endings.
     */
    @Override
    public void close() {
        warming.close();
        core.close();
        awaitLastViewers();
        http.close();
        management.close();
        webhooks.close();
        agent.close();
        documents.close();
        reports.close();
        stores.close();
        tracing.close();
    }

    private void awaitLastViewers() {
        try {
            chat.awaitNoViewers(LAST_VIEWERS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Consumer<Foundations>> measuring(
            ChosenStores stores, ChosenDocuments documents, ChosenAgent agent) {
        return List.of(stores.measuring(), documents.measuring(), agent.measuring());
    }

    private static Core openCore(
            ChosenStores stores,
            ChosenAgent agent,
            ChosenDocuments documents,
            ChosenWebhooks webhooks,
            EventListener events,
            Tracing tracing,
            Management management,
            GatewayConfig config) {
        List<HealthProbe> probes = new ArrayList<>(List.of(stores.probe(), agent.probe()));
        probes.addAll(documents.probes());
        probes.addAll(Disks.probes(config));
        probes.addAll(webhooks.probes());
        Ports ports = new Ports(
                agent.agent(),
                stores.runs(),
                stores.log(),
                stores.messages(),
                stores.sessions(),
                documents.service(),
                probes,
                events,
                stores.neighbours(),
                stores.limiters(),
                stores.cache(),
                tracing.tracer(),
                management.runs().and(FlightRecordings.ofRuns()),
                webhooks.ports(),
                config.clock());
        return webhooks.watching(Core.open(ports, config.core()));
    }

    private static HttpPorts offered(
            Core core, WatchedChat chat, BundledLibrary library, ChosenReports reports, Tracing tracing) {
        return new HttpPorts(
                chat,
                core.tools(),
                core.sessions(),
                core.health(),
                library,
                core.documents(),
                core.limits(),
                core.caching(),
                core.cacheControl(),
                core.webhooks(),
                reports.reporter(),
                tracing.tracer());
    }

    private static HttpServer listen(HttpConfig config, HttpPorts ports, Management management) throws CannotStart {
        try {
            return HttpServer.start(OpenFiles.bounding(config), ports, management.observers());
        } catch (UnknownEndpoint e) {
            throw new CannotStart("rate-limits.policies cannot be kept: " + e.getMessage());
        } catch (UnusableDocuments e) {
            throw new CannotStart("graphql.trusted-documents cannot be used: " + e.getMessage() + ".");
        } catch (UnusableCertificate e) {
            throw new CannotStart("TLS cannot be spoken: " + e.getMessage() + ".");
        } catch (RuntimeException e) {
            throw Listening.refused(config.host(), config.port(), "http.port", e);
        }
    }
}
