package dev.daveloper.http.jetty;

import dev.daveloper.http.HttpConfig;
import io.javalin.config.JettyConfig;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** Tunes the server below Javalin: threads, the listening socket, and what a request may look like. */
public final class JettySetup {
    /** Connections that the kernel completes before we accept them; the usual 50 loses some of a burst of 200. */
    private static final int ACCEPT_QUEUE = 4096;
    /** Threads that accept and select. Requests run on virtual ones. */
    private static final int MAX_PLATFORM_THREADS = 16;

    private static final int MIN_PLATFORM_THREADS = 4;

    private final HttpConfig config;

    public JettySetup(HttpConfig config) {
        this.config = config;
    }

    public void apply(JettyConfig jetty, JettyErrors errors) {
        jetty.threadPool = threadPool();
        jetty.addConnector(this::connector);
        jetty.modifyHttpConfiguration(this::restrict);
        jetty.modifyServer(server -> {
            server.setStopTimeout(config.times().stop().toMillis());
            server.setErrorHandler(errors);
        });
        jetty.modifyServletContextHandler(context -> context.setErrorHandler(errors));
    }

    private QueuedThreadPool threadPool() {
        VirtualThreadPool virtual = new VirtualThreadPool(config.limits().maxConcurrentRequests());
        virtual.setName("http");
        virtual.setTracking(false);
        QueuedThreadPool pool = new QueuedThreadPool(MAX_PLATFORM_THREADS, MIN_PLATFORM_THREADS);
        pool.setName("http-io");
        pool.setVirtualThreadsExecutor(virtual);
        return pool;
    }

    private ServerConnector connector(Server server, HttpConfiguration http) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setAcceptedSendBufferSize(config.limits().sendBufferBytes());
        connector.setIdleTimeout(config.times().idle().toMillis());
        connector.addBean(new NetworkConnectionLimit(config.limits().maxConnections(), connector));
        return connector;
    }

    private void restrict(HttpConfiguration http) {
        http.setUriCompliance(UriCompliance.DEFAULT);
        http.setRequestHeaderSize(config.limits().maxHeaderBytes());
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
    }
}
