package dev.daveloper.bootstrap;

import dev.daveloper.application.Core;
import dev.daveloper.bootstrap.chat.WatchedChat;
import dev.daveloper.bootstrap.config.ManagementConfig;
import dev.daveloper.bootstrap.metrics.ManagementServer;
import dev.daveloper.bootstrap.metrics.Metrics;
import dev.daveloper.http.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** What is measured, and the port where that is told, if it is told at all. */
record Management(Metrics metrics, Optional<ManagementServer> server) implements AutoCloseable {
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
            return ManagementServer.bind(new InetSocketAddress(host, port), metrics);
        } catch (IOException | RuntimeException e) {
            metrics.close();
            throw Listening.refused(host, port, "management.port", e);
        }
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
