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
    /** @throws CannotStart when the port cannot be listened on; the metrics are the caller's to close then */
    static Management start(ManagementConfig config, Metrics metrics, Core core, WatchedChat chat, HttpServer http)
            throws CannotStart {
        metrics.watch(new Metrics.Sources(
                core.cacheControl(), core.limits(), http.failures(), core::activeRuns, chat::viewers));
        return config.port().isEmpty()
                ? new Management(metrics, Optional.empty())
                : new Management(
                        metrics, Optional.of(listen(config.host(), config.port().getAsInt(), metrics, core)));
    }

    private static ManagementServer listen(String host, int port, Metrics metrics, Core core) throws CannotStart {
        try {
            return ManagementServer.start(new InetSocketAddress(host, port), metrics, core.health());
        } catch (IOException | RuntimeException e) {
            throw Listening.refused(host, port, "management.port", e);
        }
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
