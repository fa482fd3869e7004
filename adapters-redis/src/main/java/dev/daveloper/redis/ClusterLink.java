package dev.daveloper.redis;

import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubListener;

/** Connections to the nodes of a cluster, each command to the one that has its key. */
final class ClusterLink implements Link {
    private final StatefulRedisClusterConnection<byte[], byte[]> connection;
    private final StatefulRedisClusterConnection<byte[], byte[]> apart;
    private final StatefulRedisClusterPubSubConnection<byte[], byte[]> listening;

    ClusterLink(RedisClusterClient client) {
        this.connection = client.connect(ByteArrayCodec.INSTANCE);
        try {
            this.apart = client.connect(ByteArrayCodec.INSTANCE);
            this.listening = client.connectPubSub(ByteArrayCodec.INSTANCE);
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
        RedisClusterNode master = apart.getPartitions().getMasterBySlot(SlotHash.getSlot(key));
        if (master == null) {
            throw new io.lettuce.core.RedisException("no node has the key's slot");
        }
        return apart.getConnection(master.getNodeId()).async();
    }

    @Override
    public void listen(RedisPubSubListener<byte[], byte[]> listener, byte[]... channels) {
        listening.addListener(listener);
        listening.async().subscribe(channels);
    }

    @Override
    public void close() {
        connection.close();
        apart.close();
        listening.close();
    }
}
