package dev.daveloper.grpc;

import io.grpc.ClientInterceptor;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The channel to a service, held connected: gRPC would wait up to two minutes between attempts and has no setting for
 * it, so a watch cuts every pause short.
 */
final class ServiceConnection implements AutoCloseable {
    private static final long RECONNECT_EVERY_MILLIS = 500;
    private static final long CLOSE_SECONDS = 2;
    private static final long NEVER_IDLE_DAYS = 365;

    private final ManagedChannel channel;
    private final ScheduledExecutorService watch;

    private ServiceConnection(ManagedChannel channel, ScheduledExecutorService watch) {
        this.channel = channel;
        this.watch = watch;
    }

    /**
     * Begins to connect, and returns at once.
     *
     * @param name for its thread
     * @param repeatable methods by their full names that may be called again after UNAVAILABLE, as long as nothing came
     *     back
     * @param through what sees every call, in the order in which gRPC has interceptors: the last one first
     */
    static ServiceConnection open(
            ConnectionConfig config, String name, List<String> repeatable, List<ClientInterceptor> through) {
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("grpc-" + name + "-watch").daemon().factory());
        try {
            ServiceConnection connection = new ServiceConnection(channel(config, repeatable, watch, through), watch);
            var unused = watch.scheduleWithFixedDelay(
                    connection::keepTrying, 0, RECONNECT_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            return connection;
        } catch (RuntimeException e) {
            watch.shutdownNow();
            throw e;
        }
    }

    ManagedChannel channel() {
        return channel;
    }

    /** Whether calls go out at once. */
    boolean isReady() {
        return channel.getState(false) == ConnectivityState.READY;
    }

    private void keepTrying() {
        if (channel.getState(true) == ConnectivityState.TRANSIENT_FAILURE) {
            channel.resetConnectBackoff();
        }
    }

    /** Cancels every call and waits a moment for the connections to be gone. */
    @Override
    public void close() {
        watch.shutdownNow();
        channel.shutdownNow();
        try {
            channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ManagedChannel channel(
            ConnectionConfig config,
            List<String> repeatable,
            ScheduledExecutorService reloader,
            List<ClientInterceptor> through) {
        NettyChannelBuilder builder = NettyChannelBuilder.forTarget(
                        config.target(), Credentials.ofClient(config.tls(), reloader))
                // Listeners only put what came into a queue, which is cheaper than the way to another thread.
                .directExecutor()
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(config))
                .keepAliveTime(config.keepAliveTime().toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTimeout(config.keepAliveTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .maxInboundMessageSize(config.maxMessageBytes())
                .flowControlWindow(config.windowBytes())
                .idleTimeout(NEVER_IDLE_DAYS, TimeUnit.DAYS)
                .disableServiceConfigLookUp()
                .defaultServiceConfig(serviceConfig(repeatable, config.healthCheck()))
                .intercept(through)
                .userAgent("daveloper");
        if (repeatable.isEmpty()) {
            // Else gRPC would keep what was sent, to send it again.
            builder.disableRetry();
        }
        config.tls().flatMap(ClientTls::serverName).ifPresent(builder::overrideAuthority);
        return builder.build();
    }

    private static int millis(ConnectionConfig config) {
        return (int)
                Math.min(Integer.MAX_VALUE, Math.max(1, config.connectTimeout().toMillis()));
    }

    /** gRPC's own retry: it ends where response headers come, so a call that delivered anything is never repeated. */
    private static Map<String, Object> serviceConfig(List<String> repeatable, boolean healthCheck) {
        Map<String, Object> retry = Map.of(
                "maxAttempts",
                3.0,
                "initialBackoff",
                "0.1s",
                "maxBackoff",
                "0.5s",
                "backoffMultiplier",
                2.0,
                "retryableStatusCodes",
                List.of("UNAVAILABLE"));
        List<Map<String, String>> methods = repeatable.stream()
                .map(method -> Map.of("service", serviceOf(method), "method", bareNameOf(method)))
                .toList();
        Map<String, Object> config = new HashMap<>();
        config.put("loadBalancingConfig", List.of(Map.of("round_robin", Map.of())));
        config.put("methodConfig", List.of(Map.of("name", methods, "retryPolicy", retry)));
        config.put("retryThrottling", Map.of("maxTokens", 100.0, "tokenRatio", 0.1));
        if (healthCheck) {
            config.put("healthCheckConfig", Map.of("serviceName", ""));
        }
        return config;
    }

    private static String serviceOf(String method) {
        return method.substring(0, method.indexOf('/'));
    }

    private static String bareNameOf(String method) {
        return method.substring(method.indexOf('/') + 1);
    }
}
