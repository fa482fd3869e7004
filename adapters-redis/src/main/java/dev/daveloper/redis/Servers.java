package dev.daveloper.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * All servers that Redis consists of, copies too, and connections to them that nobody mends and whose loss nobody is
 * told of. Safe for use by many threads.
 */
final class Servers {
    private final RedisClient client;
    private final Supplier<CompletableFuture<Map<String, RedisURI>>> now;

    /**
     * @param client one that does not connect again by itself
     * @param now where they are, by their addresses, those that are written to first
     */
    Servers(RedisClient client, Supplier<CompletableFuture<Map<String, RedisURI>>> now) {
        this.client = client;
        this.now = now;
    }

    /** Does not block. */
    CompletableFuture<Map<String, RedisURI>> now() {
        return begun(now);
    }

    /** Does not block. */
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connect(RedisURI server) {
        return begun(() -> client.connectAsync(ByteArrayCodec.INSTANCE, server).toCompletableFuture());
    }

    /** A client that is closed throws whatever it meets first. */
    private static <T> CompletableFuture<T> begun(Supplier<CompletableFuture<T>> beginning) {
        try {
            return beginning.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    void close() {
        client.shutdown();
    }
}
