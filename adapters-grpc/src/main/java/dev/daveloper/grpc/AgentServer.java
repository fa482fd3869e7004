package dev.daveloper.grpc;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.grpc.chat.AgentEndpoint;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Serves an agent over gRPC, with health. The door for agents written in Java. */
public final class AgentServer implements AutoCloseable {
    private static final long KEEP_ALIVE_SECONDS = 60;
    private static final long KEEP_ALIVE_TIMEOUT_SECONDS = 20;
    private static final long PERMITTED_PING_SECONDS = 10;
    private static final int MAX_REQUEST_BYTES = 4 << 20;
    private static final Duration CANCEL_BOUND = Duration.ofSeconds(2);

    private final Server server;
    private final AgentEndpoint endpoint;
    private final HealthStatusManager health;
    private final ScheduledExecutorService reloader;
    private final Duration drain;
    private final AtomicBoolean closing = new AtomicBoolean();

    private AgentServer(AgentServerConfig config, Agent agent) {
        this.drain = config.drain();
        this.endpoint = new AgentEndpoint(agent, config.maxCalls(), config.maxAnswerTime());
        this.health = new HealthStatusManager();
        this.reloader = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("grpc-agent-keys").daemon().factory());
        this.server = build(config);
    }

    /**
     * Listens and serves until closed. The agent stays the caller's to close, after this.
     *
     * @throws IOException when the address cannot be listened on
     * @throws IllegalArgumentException when a TLS file is of no use
     */
    public static AgentServer start(AgentServerConfig config, Agent agent) throws IOException {
        AgentServer started = new AgentServer(config, agent);
        try {
            started.server.start();
        } catch (IOException | RuntimeException e) {
            started.stopReloading();
            throw e;
        }
        return started;
    }

    private Server build(AgentServerConfig config) {
        try {
            NettyServerBuilder builder = NettyServerBuilder.forAddress(
                            new InetSocketAddress(config.host(), config.port()),
                            Credentials.ofServer(config.tls(), reloader))
                    .executor(AgentServer::onVirtualThread)
                    .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                    .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .permitKeepAliveTime(PERMITTED_PING_SECONDS, TimeUnit.SECONDS)
                    .permitKeepAliveWithoutCalls(true)
                    .maxInboundMessageSize(MAX_REQUEST_BYTES)
                    .addService(endpoint)
                    .addService(health.getHealthService());
            if (config.reflection()) {
                builder.addService(ProtoReflectionServiceV1.newInstance());
            }
            return builder.build();
        } catch (RuntimeException e) {
            stopReloading();
            throw e;
        }
    }

    /** Where it listens; the chosen port when the configured one is 0. */
    public int port() {
        return server.getPort();
    }

    /** Waits until somebody closes it. */
    public void awaitClose() throws InterruptedException {
        server.awaitTermination();
    }

    /**
     * Says that it is not serving, takes no new calls, lets those at hand finish within the drain time and cancels the
     * rest. Interrupting the caller ends the waiting.
     */
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        health.enterTerminalState();
        server.shutdown();
        try {
            // Not the server's own termination: clients watch the health service for as long as they are connected.
            endpoint.awaitIdle(drain);
            server.shutdownNow();
            endpoint.awaitIdle(CANCEL_BOUND);
            server.awaitTermination(CANCEL_BOUND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            stopReloading();
        }
    }

    /** Without an end of its own: what a cancelled call has to be told must find a thread until the last moment. */
    private static void onVirtualThread(Runnable task) {
        Thread.ofVirtual().name("grpc-agent-call").start(task);
    }

    private void stopReloading() {
        reloader.shutdownNow();
    }
}
