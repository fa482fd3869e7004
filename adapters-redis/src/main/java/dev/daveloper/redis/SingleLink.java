package dev.daveloper.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.List;

/** A connection to one server, or to whichever server the sentinels call the master. */
final class SingleLink implements Link {
    private static final List<String> MASTERS = List.of("master");

    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final StatefulRedisConnection<byte[], byte[]> apart;
    private final StatefulRedisPubSubConnection<byte[], byte[]> listening;

    private SingleLink(
            StatefulRedisConnection<byte[], byte[]> connection,
            StatefulRedisConnection<byte[], byte[]> apart,
            StatefulRedisPubSubConnection<byte[], byte[]> listening) {
        this.connection = connection;
        this.apart = apart;
        this.listening = listening;
    }

    /** All of the connections or none. */
    static SingleLink open(RedisClient client) {
        StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE);
        try {
            StatefulRedisConnection<byte[], byte[]> apart = client.connect(ByteArrayCodec.INSTANCE);
            try {
                return new SingleLink(connection, apart, client.connectPubSub(ByteArrayCodec.INSTANCE));
            } catch (RuntimeException e) {
                apart.close();
                throw e;
            }
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return connection.async();
    }

    @Override
    public RedisClusterAsyncCommands<byte[], byte[]> apart(byte[] key) {
        return apart.async();
    }

    @Override
    public List<String> masters() {
        return MASTERS;
    }

    @Override
    public RedisClusterAsyncCommands<byte[], byte[]> master(String name) {
        return connection.async();
    }

    @Override
    public RedisFuture<Void> listen(RedisPubSubListener<byte[], byte[]> listener, byte[]... channels) {
        listening.addListener(listener);
        return listening.async().subscribe(channels);
    }

    @Override
    public RedisStats standing() {
        return new RedisStats(connection.isOpen(), apart.isOpen(), listening.isOpen());
    }

    @Override
    public void close() {
        connection.close();
        apart.close();
        listening.close();
    }
}
