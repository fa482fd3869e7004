package dev.daveloper.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Asks the sentinels for the master and its copies, on one connection that is made anew when it is lost. */
final class SentinelWatch {
    private final RedisClient client;
    private final RedisURI sentinels;
    private final BiFunction<String, Integer, RedisURI> server;
    private @Nullable CompletableFuture<StatefulRedisSentinelConnection<String, String>> connection;

    /**
     * @param sentinels all of them, and the master's name
     * @param server how a server is reached
     */
    SentinelWatch(RedisClient client, RedisURI sentinels, BiFunction<String, Integer, RedisURI> server) {
        this.client = client;
        this.sentinels = sentinels;
        this.server = server;
    }

    /** By their addresses, the master first. Does not block. */
    CompletableFuture<Map<String, RedisURI>> servers() {
        String name = String.valueOf(sentinels.getSentinelMasterId());
        return connection()
                .thenCompose(open -> open.async()
                        .getMasterAddrByName(name)
                        .thenCombine(open.async().replicas(name), this::all)
                        .toCompletableFuture());
    }

    private synchronized CompletableFuture<StatefulRedisSentinelConnection<String, String>> connection() {
        CompletableFuture<StatefulRedisSentinelConnection<String, String>> current = connection;
        if (current == null || isOver(current)) {
            current = client.connectSentinelAsync(StringCodec.UTF8, sentinels);
            connection = current;
        }
        return current;
    }

    private static boolean isOver(CompletableFuture<StatefulRedisSentinelConnection<String, String>> connection) {
        return connection.isDone()
                && (connection.isCompletedExceptionally()
                        || !connection.resultNow().isOpen());
    }

    private Map<String, RedisURI> all(SocketAddress master, List<Map<String, String>> replicas) {
        Map<String, RedisURI> copies = new TreeMap<>();
        replicas.forEach(replica -> add(copies, replica.get("ip"), replica.get("port")));
        Map<String, RedisURI> all = new LinkedHashMap<>();
        if (master instanceof InetSocketAddress address) {
            add(all, address.getHostString(), Integer.toString(address.getPort()));
        }
        copies.forEach(all::putIfAbsent);
        return all;
    }

    private void add(Map<String, RedisURI> servers, @Nullable String host, @Nullable String port) {
        if (host != null && port != null) {
            servers.put(host + ":" + port, server.apply(host, Integer.parseInt(port)));
        }
    }
}
