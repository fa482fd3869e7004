package dev.daveloper.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Tells which servers there are, by their addresses, those that are written to first. */
final class Topology {
    private Topology() {}

    /** As far as the client has found them out; those that serve nothing are left out. */
    static Map<String, RedisURI> ofCluster(RedisClusterClient client, RedisConfig config) {
        Map<String, RedisURI> copies = new TreeMap<>();
        Map<String, RedisURI> all = new TreeMap<>();
        for (RedisClusterNode node : client.getPartitions()) {
            String host = node.getUri().getHost();
            int port = node.getUri().getPort();
            boolean master = node.is(RedisClusterNode.NodeFlag.UPSTREAM);
            if (!master || !node.hasNoSlots()) {
                (master ? all : copies).put(host + ":" + port, at(host, port, config));
            }
        }
        Map<String, RedisURI> ordered = new LinkedHashMap<>(all);
        copies.forEach(ordered::putIfAbsent);
        return ordered;
    }

    /**
     * The one server, or those that the sentinels know.
     *
     * @param client for connections to servers, whose loss nobody is told of
     */
    static Servers outsideOfClusters(RedisClient client, RedisURI uri, RedisConfig config) {
        if (config.url().topology() == RedisUrl.Topology.SENTINEL) {
            SentinelWatch sentinels = new SentinelWatch(client, uri, (host, port) -> at(host, port, config));
            return new Servers(client, sentinels::servers);
        }
        Map<String, RedisURI> one = Map.of(uri.getHost() + ":" + uri.getPort(), uri);
        return new Servers(client, () -> CompletableFuture.completedFuture(one));
    }

    private static RedisURI at(String host, int port, RedisConfig config) {
        return Links.finished(RedisURI.builder().withHost(host).withPort(port), config);
    }
}
