package dev.daveloper.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubListener;
import java.util.List;

/** A connection to Redis however it is run: the commands, and a second connection that listens. */
interface Link extends AutoCloseable {
    /** Commands of many callers share it and are answered in order. Safe for use by many threads. */
    RedisClusterAsyncCommands<byte[], byte[]> commands();

    /**
     * A connection of its own to the server that has this key, for commands that hold up those behind them.
     *
     * @throws io.lettuce.core.RedisException when there is none to be had
     */
    RedisClusterAsyncCommands<byte[], byte[]> apart(byte[] key);

    /** The names of the servers that are written to, always in the same order. */
    List<String> masters();

    /**
     * Commands to the server of this name alone, whatever its keys.
     *
     * @throws io.lettuce.core.RedisException when it is not there
     */
    RedisClusterAsyncCommands<byte[], byte[]> master(String name);

    /**
     * Subscribes; once that is answered for, the subscription is made again after every loss of the connection. Before
     * that it is lost with the connection.
     */
    RedisFuture<Void> listen(RedisPubSubListener<byte[], byte[]> listener, byte[]... channels);

    /** Which of its connections stand at the moment. */
    RedisStats standing();

    @Override
    void close();
}
