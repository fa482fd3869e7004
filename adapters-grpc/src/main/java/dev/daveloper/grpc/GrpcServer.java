package dev.daveloper.grpc;

import dev.daveloper.application.tracing.out.Tracer;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Serves one service over gRPC until closed, with {@code grpc.health.v1.Health}: the empty name and the service's own
 * are serving until it drains, and any other is not known.
 */
final class GrpcServer implements AutoCloseable {
    private static final long KEEP_ALIVE_SECONDS = 60;
    private static final long KEEP_ALIVE_TIMEOUT_SECONDS = 20;
    private static final long PERMITTED_PING_SECONDS = 10;
    private static final int MAX_REQUEST_BYTES = 4 << 20;
    /** What callers on one connection may have sent that was not read yet. */
    private static final int WINDOW_BYTES = 1 << 20;

    private static final Duration CANCEL_BOUND = Duration.ofSeconds(2);

    private final Server server;
    private final CallDesk desk;
    private final HealthStatusManager health = new HealthStatusManager();
    private final ScheduledExecutorService reloader;
    private final Duration drain;
    private final AtomicBoolean closing = new AtomicBoolean();

    private GrpcServer(ServingConfig config, String name, BindableService service, CallDesk desk, Tracer tracer) {
        this.drain = config.drain();
        this.desk = desk;
        this.reloader = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("grpc-" + name + "-keys").daemon().factory());
        health.setStatus(service.bindService().getServiceDescriptor().getName(), ServingStatus.SERVING);
        this.server = build(config, "grpc-" + name + "-call", service, tracer);
    }

    /**
     * Listens and serves until closed.
     *
     * @param name for its threads
     * @param desk where the service's calls are taken
     * @param tracer of its calls
     * @throws IOException when the address cannot be listened on
     * @throws IllegalArgumentException when a TLS file is of no use
     */
    static GrpcServer start(ServingConfig config, String name, BindableService service, CallDesk desk, Tracer tracer)
            throws IOException {
        GrpcServer started = new GrpcServer(config, name, service, desk, tracer);
        try {
            started.server.start();
        } catch (IOException | RuntimeException e) {
            started.reloader.shutdownNow();
            throw e;
        }
        return started;
    }

    private Server build(ServingConfig config, String threads, BindableService service, Tracer tracer) {
        // Without an end of its own: what a cancelled call has to be told must find a thread until the last moment.
        Executor calls = task -> Thread.ofVirtual().name(threads).start(task);
        try {
            NettyServerBuilder builder = NettyServerBuilder.forAddress(
                            new InetSocketAddress(config.host(), config.port()),
                            Credentials.ofServer(config.tls(), reloader))
                    .executor(calls)
                    .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                    .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .permitKeepAliveTime(PERMITTED_PING_SECONDS, TimeUnit.SECONDS)
                    .permitKeepAliveWithoutCalls(true)
                    .maxInboundMessageSize(MAX_REQUEST_BYTES)
                    .flowControlWindow(WINDOW_BYTES)
                    .intercept(new TracedServices(tracer))
                    .addService(service)
                    .addService(health.getHealthService());
            if (config.reflection()) {
                builder.addService(ProtoReflectionServiceV1.newInstance());
            }
            return builder.build();
        } catch (RuntimeException e) {
            reloader.shutdownNow();
            throw e;
        }
    }

    int port() {
        return server.getPort();
    }

    void awaitClose() throws InterruptedException {
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
            desk.awaitIdle(drain);
            server.shutdownNow();
            desk.awaitIdle(CANCEL_BOUND);
            server.awaitTermination(CANCEL_BOUND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            reloader.shutdownNow();
        }
    }
}
