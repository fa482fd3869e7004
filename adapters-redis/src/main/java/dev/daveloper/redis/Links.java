package dev.daveloper.redis;

import dev.daveloper.redis.RedisConfig.Timeouts;
import dev.daveloper.redis.RedisUrl.Host;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.event.ClusterTopologyChangedEvent;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Makes connections as they are configured, and keeps what they have in common. */
final class Links implements AutoCloseable {
    /**
     * What may wait for an answer on one connection; beyond it callers are refused at once. While a server is away
     * nothing waits for it, and in a cluster no longer than for an answer.
     */
    static final int MAX_COMMANDS_UNDER_WAY = 20_000;

    private static final int THREADS = 2;
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long PAUSE_GROWTH = 2;
    private static final Duration TOPOLOGY_PACE = Duration.ofSeconds(10);
    private static final Duration LEAST_TOPOLOGY_PACE = Duration.ofSeconds(1);
    private static final Duration KEEP_ALIVE_IDLE = Duration.ofSeconds(5);
    private static final Duration KEEP_ALIVE_PACE = Duration.ofSeconds(2);
    private static final int KEEP_ALIVE_PROBES = 3;

    private final ClientResources resources;
    private final Runnable shutdown;
    private final Supplier<Link> opening;
    private final Masters masters;
    private final Servers servers;

    /** @param lost is told of every connection that breaks, on a thread of the client */
    Links(RedisConfig config, Runnable lost) {
        this.resources = ClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .reconnectDelay(Delay.fullJitter(
                        FIRST_PAUSE_MILLIS,
                        config.timeouts().reconnectWithin().toMillis(),
                        PAUSE_GROWTH,
                        TimeUnit.MILLISECONDS))
                .build();
        List<RedisURI> uris = uris(config);
        if (config.url().topology() == RedisUrl.Topology.CLUSTER) {
            RedisClusterClient client = RedisClusterClient.create(resources, uris);
            client.setOptions(clusterOptions(config));
            this.masters = new Masters(unmended(config), () -> mastersOf(client, config));
            this.servers = new Servers(
                    unmended(config), () -> CompletableFuture.completedFuture(Topology.ofCluster(client, config)));
            client.addListener(telling(lost, () -> {}));
            resources.eventBus().get().subscribe(event -> {
                if (event instanceof ClusterTopologyChangedEvent) {
                    masters.doubt();
                }
            });
            this.opening = () -> {
                client.refreshPartitions();
                return ClusterLink.open(client);
            };
            this.shutdown = client::shutdown;
        } else {
            RedisClient client = RedisClient.create(resources, uris.getFirst());
            client.setOptions(common(config, ClientOptions.builder()).build());
            this.masters = new Masters(unmended(config), () -> Map.of("master", uris.getFirst()));
            this.servers = Topology.outsideOfClusters(unmended(config), uris.getFirst(), config);
            client.addListener(telling(lost, masters::doubt));
            this.opening = () -> SingleLink.open(client);
            this.shutdown = client::shutdown;
        }
    }

    /** @throws io.lettuce.core.RedisException when Redis cannot be reached */
    Link open() {
        return opening.get();
    }

    /** The servers that are written to. */
    Masters masters() {
        return masters;
    }

    /** All servers, copies too. */
    Servers servers() {
        return servers;
    }

    /** The links that were opened are of no use from now on. */
    @Override
    public void close() {
        servers.close();
        masters.close();
        shutdown.run();
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    /** Of those that were not closed here: to look at a cluster, connections are made and closed all the time. */
    private RedisConnectionStateListener telling(Runnable lost, Runnable made) {
        return new RedisConnectionStateListener() {
            @Override
            public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress server) {
                made.run();
            }

            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                if (!connection.isClosed()) {
                    lost.run();
                    masters.doubt();
                }
            }
        };
    }

    private RedisClient unmended(RedisConfig config) {
        RedisClient client = RedisClient.create(resources);
        client.setOptions(common(config, ClientOptions.builder())
                .autoReconnect(false)
                .protocolVersion(ProtocolVersion.RESP3)
                .build());
        return client;
    }

    /** Those that have slots, by their addresses. */
    private static Map<String, RedisURI> mastersOf(RedisClusterClient client, RedisConfig config) {
        Map<String, RedisURI> found = new TreeMap<>();
        for (RedisClusterNode node : client.getPartitions()) {
            if (node.is(RedisClusterNode.NodeFlag.UPSTREAM) && !node.hasNoSlots()) {
                RedisURI.Builder there = RedisURI.builder()
                        .withHost(node.getUri().getHost())
                        .withPort(node.getUri().getPort());
                found.put(node.getUri().getHost() + ":" + node.getUri().getPort(), finished(there, config));
            }
        }
        return found;
    }

    private static ClusterClientOptions clusterOptions(RedisConfig config) {
        ClusterTopologyRefreshOptions refresh = ClusterTopologyRefreshOptions.builder()
                .enablePeriodicRefresh(TOPOLOGY_PACE)
                .adaptiveRefreshTriggersTimeout(LEAST_TOPOLOGY_PACE)
                .build();
        ClusterClientOptions.Builder builder = ClusterClientOptions.builder();
        common(config, builder);
        // Nodes are connected to when a command first goes there, which would be refused; it waits as long as any.
        builder.disconnectedBehavior(DisconnectedBehavior.DEFAULT);
        return builder.topologyRefreshOptions(refresh).build();
    }

    /** What was under way when a connection broke is not sent again: its caller is told, and it may have been done. */
    private static ClientOptions.Builder common(RedisConfig config, ClientOptions.Builder builder) {
        Timeouts timeouts = config.timeouts();
        builder.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS);
        builder.replayFilter(command -> true);
        builder.requestQueueSize(MAX_COMMANDS_UNDER_WAY);
        builder.timeoutOptions(TimeoutOptions.enabled(timeouts.command()));
        builder.socketOptions(SocketOptions.builder()
                .connectTimeout(timeouts.connect())
                .keepAlive(SocketOptions.KeepAliveOptions.builder()
                        .enable()
                        .idle(KEEP_ALIVE_IDLE)
                        .interval(KEEP_ALIVE_PACE)
                        .count(KEEP_ALIVE_PROBES)
                        .build())
                .build());
        config.certificates()
                .ifPresent(pem -> builder.sslOptions(SslOptions.builder()
                        .jdkSslProvider()
                        .trustManager(pem.toFile())
                        .build()));
        return builder;
    }

    private static List<RedisURI> uris(RedisConfig config) {
        RedisUrl url = config.url();
        if (url.topology() != RedisUrl.Topology.SENTINEL) {
            return url.hosts().stream()
                    .map(host ->
                            finished(RedisURI.builder().withHost(bare(host)).withPort(host.port()), config))
                    .toList();
        }
        RedisURI.Builder builder = RedisURI.builder().withSentinelMasterId(url.master());
        for (Host host : url.hosts()) {
            RedisURI sentinel = RedisURI.builder()
                    .withHost(bare(host))
                    .withPort(host.port())
                    .withSsl(url.tls())
                    .withTimeout(config.timeouts().connect())
                    .build();
            builder.withSentinel(sentinel);
        }
        return List.of(finished(builder, config));
    }

    static RedisURI finished(RedisURI.Builder builder, RedisConfig config) {
        RedisUrl url = config.url();
        builder.withTimeout(config.timeouts().connect()).withSsl(url.tls()).withClientName("daveloper");
        if (url.topology() != RedisUrl.Topology.CLUSTER) {
            builder.withDatabase(url.database());
        }
        url.password().ifPresent(password -> {
            if (url.user().isPresent()) {
                builder.withAuthentication(url.user().get(), password);
            } else {
                builder.withPassword((CharSequence) password);
            }
        });
        return builder.build();
    }

    private static String bare(Host host) {
        return host.name().startsWith("[")
                ? host.name().substring(1, host.name().length() - 1)
                : host.name();
    }
}
