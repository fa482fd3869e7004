package dev.daveloper.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The servers that are written to, and connections to them that nobody mends: what was agreed on with a server is gone
 * with the connection. Safe for use by many threads.
 */
final class Masters {
    private final RedisClient client;
    private final Supplier<Map<String, RedisURI>> now;
    private volatile Runnable doubted = () -> {};

    /**
     * @param client one that does not connect again by itself
     * @param now where they are as far as is known, by names that are compared
     */
    Masters(RedisClient client, Supplier<Map<String, RedisURI>> now) {
        this.client = client;
        this.now = now;
        client.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                if (!connection.isClosed()) {
                    doubt();
                }
            }
        });
    }

    /** Who is told, on whatever thread and without blocking it, that they may be others or be lost. */
    void onDoubt(Runnable listener) {
        doubted = listener;
    }

    void doubt() {
        doubted.run();
    }

    /** @throws io.lettuce.core.RedisException when it cannot be found out */
    Map<String, RedisURI> now() {
        return now.get();
    }

    /** @throws io.lettuce.core.RedisException when it cannot be reached in the time for a connection */
    StatefulRedisConnection<byte[], byte[]> connect(RedisURI master) {
        return client.connect(ByteArrayCodec.INSTANCE, master);
    }

    void close() {
        client.shutdown();
    }
}
