package dev.daveloper.bootstrap;

import dev.daveloper.application.Core;
import dev.daveloper.application.chat.out.RunListener;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.webhooks.out.DeliveryListener;
import dev.daveloper.bootstrap.chat.WatchedChat;
import dev.daveloper.bootstrap.config.ManagementConfig;
import dev.daveloper.bootstrap.metrics.Foundations;
import dev.daveloper.bootstrap.metrics.ManagementServer;
import dev.daveloper.bootstrap.metrics.Metrics;
import dev.daveloper.bootstrap.tracing.SpanCounts;
import dev.daveloper.http.HttpObservers;
import dev.daveloper.http.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is measured, if anything is, and the port where that is told, if it is told at all. */
record Management(Optional<Metrics> metrics, Optional<ManagementServer> server) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Management.class);

    /**
     * Takes the port, on which nobody is answered yet.
     *
     * @throws CannotStart when it cannot be had
     */
    static Management open(ManagementConfig config) throws CannotStart {
        Optional<Metrics> metrics =
                config.measures() ? Optional.of(new Metrics(Version.NAME, config.sent())) : Optional.empty();
        return new Management(
                metrics,
                config.port().isEmpty()
                        ? Optional.empty()
                        : Optional.of(bind(config.host(), config.port().getAsInt(), metrics)));
    }

    private static ManagementServer bind(String host, int port, Optional<Metrics> metrics) throws CannotStart {
        try {
            return bindOrYield(host, port, metrics);
        } catch (IOException | RuntimeException e) {
            metrics.ifPresent(Metrics::close);
            throw Listening.refused(host, port, "management.port", e);
        }
    }

    /** A second gateway on a machine starts as the first did; where it tells its metrics is printed. */
    private static ManagementServer bindOrYield(String host, int port, Optional<Metrics> metrics) throws IOException {
        try {
            return ManagementServer.bind(new InetSocketAddress(host, port), metrics);
        } catch (BindException e) {
            if (port != ManagementConfig.DEFAULT_PORT) {
                throw e;
            }
            LOG.warn("port {} is taken, so metrics are told on another", port);
            return ManagementServer.bind(new InetSocketAddress(host, 0), metrics);
        }
    }

    /** What became of spans is told as well. */
    void watch(SpanCounts spans) {
        metrics.ifPresent(measured -> measured.watch(spans));
    }

    HttpObservers observers() {
        return metrics.map(measured -> new HttpObservers(
                        measured.requests(), measured.sockets(), measured.graphs(), measured.figures()))
                .orElse(HttpObservers.NONE);
    }

    EventListener events() {
        return metrics.map(Metrics::events).orElse(event -> {});
    }

    RunListener runs() {
        return metrics.map(Metrics::runs).orElse(RunListener.NONE);
    }

    DeliveryListener deliveries() {
        return metrics.map(Metrics::deliveries).orElse(DeliveryListener.NONE);
    }

    /**
     * Answers from now on, of these.
     *
     * @param clock the core's
     * @param parts what the gateway stands on, each of which lets itself be measured
     */
    void start(Core core, WatchedChat chat, HttpServer http, InstantSource clock, List<Consumer<Foundations>> parts) {
        metrics.ifPresent(measured -> {
            parts.forEach(part -> part.accept(measured.foundations()));
            measured.watch(new Metrics.Sources(
                    core.cacheControl(), core.limits(), http.failures(), core::activeRuns, chat::viewers));
            measured.watch(core.health());
            core.webhooks().ifPresent(webhooks -> measured.watch(webhooks, clock));
            measured.foundations().server(http::stats);
        });
        server.ifPresent(listening -> listening.start(core.health()));
    }

    /** The port it listens on; empty when it does not. */
    Optional<Integer> port() {
        return server.map(ManagementServer::port);
    }

    @Override
    public void close() {
        server.ifPresent(ManagementServer::close);
        metrics.ifPresent(Metrics::close);
    }
}
