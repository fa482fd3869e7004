package dev.daveloper.http.jetty;

import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.RequestListener;
import dev.daveloper.http.ServerStats;
import dev.daveloper.http.TlsConfig;
import dev.daveloper.http.UnusableCertificate;
import io.javalin.config.JettyConfig;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.jspecify.annotations.Nullable;

/** Tunes the server below Javalin: threads, the listening socket, and what a request may look like. */
public final class JettySetup {
    /** Connections that the kernel completes before we accept them; the usual 50 loses some of a burst of 200. */
    private static final int ACCEPT_QUEUE = 4096;
    /** Threads that accept and select. Requests run on virtual ones. */
    private static final int MAX_PLATFORM_THREADS = 16;

    private static final int MIN_PLATFORM_THREADS = 4;

    /** Requests under way on one HTTP/2 connection. */
    private static final int MAX_STREAMS_PER_CONNECTION = 128;

    private static final int MAX_SETTINGS = 32;

    /** HTTP/1.1 among the protocols that TLS agrees on (RFC 7301, section 6). */
    private static final String HTTP_1_ALPN = "http/1.1";

    private final HttpConfig config;
    private final RequestListener listener;
    private final Tracer tracer;
    private final SlowClients slow;
    private final QueuedThreadPool pool;
    private volatile @Nullable Certificates certificates;

    public JettySetup(HttpConfig config, RequestListener listener, Tracer tracer) {
        this.config = config;
        this.listener = listener;
        this.tracer = tracer;
        this.slow = new SlowClients(config.times());
        this.pool = threadPool();
    }

    /**
     * How the server is doing that this was applied to; from any thread.
     *
     * @param streams how many are open, which is not known here
     */
    public ServerStats stats(Server server, int streams) {
        int connections = Stream.of(server.getConnectors())
                .mapToInt(connector -> connector.getConnectedEndPoints().size())
                .sum();
        return new ServerStats(
                connections,
                pool.getBusyThreads(),
                pool.getIdleThreads(),
                pool.getMaxThreads(),
                streams,
                Optional.ofNullable(certificates).map(Certificates::expiry));
    }

    public void apply(JettyConfig jetty, JettyErrors errors) {
        jetty.threadPool = pool;
        jetty.addConnector(this::connector);
        jetty.modifyHttpConfiguration(this::restrict);
        jetty.modifyServer(server -> {
            server.setStopTimeout(config.times().stop().toMillis());
            server.setErrorHandler(errors);
            if (config.serverTiming()) {
                server.insertHandler(new TimedRequests());
            }
            server.insertHandler(new PacedRequests(config, slow));
            server.insertHandler(new MarkedRequests(tracer));
            server.insertHandler(new HeardRequests(listener, tracer));
            server.insertHandler(new LingeringRequests());
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
        TlsConfig tls = config.tls();
        ServerConnector connector = tls == null
                ? new PatientConnector(server, new HttpConnectionFactory(http))
                : secureConnector(server, http, kept(certificates(tls)));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setAcceptedSendBufferSize(config.limits().sendBufferBytes());
        connector.setIdleTimeout(config.times().idle().toMillis());
        connector.setShutdownIdleTimeout(config.times().closeGrace().toMillis());
        connector.addBean(new ConnectionBound(config.limits().maxConnections(), connector));
        int perAddress = config.limits().maxConnectionsPerAddress();
        if (perAddress > 0) {
            connector.addBean(new ConnectionsPerAddress(perAddress, config.proxies()));
        }
        connector.addBean(slow);
        return connector;
    }

    private Certificates kept(Certificates used) {
        certificates = used;
        return used;
    }

    private static ServerConnector secureConnector(Server server, HttpConfiguration http, Certificates certificates) {
        http.getCustomizers().addFirst(new SecureRequestCustomizer(false));
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http);
        http2.setMaxConcurrentStreams(MAX_STREAMS_PER_CONNECTION);
        // Of frames that carry nothing, such as settings, pings and resets, the server's own 128 per second stand.
        http2.setMaxSettingsKeys(MAX_SETTINGS);
        // Browsers would open WebSockets on it, which are spoken over HTTP/1.1 alone.
        http2.setConnectProtocolEnabled(false);
        // As clients write it, in lower case, and not as the factory calls itself: the names are compared exactly.
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory(http2.getProtocol(), HTTP_1_ALPN);
        alpn.setDefaultProtocol(http1.getProtocol());
        SslConnectionFactory ssl = new SslConnectionFactory(certificates.context(), alpn.getProtocol());
        ServerConnector connector = new PatientConnector(server, ssl, alpn, http2, http1);
        connector.addBean(certificates);
        return connector;
    }

    private static Certificates certificates(TlsConfig tls) {
        try {
            return new Certificates(tls);
        } catch (IllegalArgumentException e) {
            throw new UnusableCertificate(e);
        }
    }

    private void restrict(HttpConfiguration http) {
        http.setUriCompliance(UriCompliance.DEFAULT);
        http.setRequestHeaderSize(config.limits().maxHeaderBytes());
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.addCustomizer(new ForwardedRequests(config.proxies()));
    }
}
