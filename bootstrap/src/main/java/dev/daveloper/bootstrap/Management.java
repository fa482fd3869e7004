package dev.daveloper.bootstrap;

import dev.daveloper.application.Core;
import dev.daveloper.bootstrap.chat.WatchedChat;
import dev.daveloper.bootstrap.config.ManagementConfig;
import dev.daveloper.bootstrap.metrics.ManagementServer;
import dev.daveloper.bootstrap.metrics.Metrics;
import dev.daveloper.bootstrap.tracing.SpanCounts;
import dev.daveloper.http.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is measured, and the port where that is told, if it is told at all. */
record Management(Metrics metrics, Optional<ManagementServer> server) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Management.class);

    /**
     * Takes the port, on which nobody is answered yet.
     *
     * @throws CannotStart when it cannot be had
     */
    static Management open(ManagementConfig config) throws CannotStart {
        Metrics metrics = new Metrics(Version.NAME);
        return new Management(
                metrics,
                config.port().isEmpty()
                        ? Optional.empty()
                        : Optional.of(bind(config.host(), config.port().getAsInt(), metrics)));
    }

    private static ManagementServer bind(String host, int port, Metrics metrics) throws CannotStart {
        try {
            return bindOrYield(host, port, metrics);
        } catch (IOException | RuntimeException e) {
            metrics.close();
            throw Listening.refused(host, port, "management.port", e);
        }
    }

    /** A second gateway on a machine starts as the first did; where it tells its metrics is printed. */
    private static ManagementServer bindOrYield(String host, int port, Metrics metrics) throws IOException {
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

    /** What is measured, with what becomes of spans. */
    Metrics measuring(SpanCounts spans) {
        metrics.watch(spans);
        return metrics;
    }

    /** Answers from now on, of these. */
    void start(Core core, WatchedChat chat, HttpServer http) {
        metrics.watch(new Metrics.Sources(
                core.cacheControl(), core.limits(), http.failures(), core::activeRuns, chat::viewers));
        server.ifPresent(listening -> listening.start(core.health()));
    }

    /** The port it listens on; empty when it does not. */
    Optional<Integer> port() {
        return server.map(ManagementServer::port);
    }

    @Override
    public void close() {
        server.ifPresent(ManagementServer::close);
        metrics.close();
    }
}
