package dev.daveloper.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubListener;
import java.util.List;

/** Connections to the nodes of a cluster, each command to the one that has its key. */
final class ClusterLink implements Link {
    private final StatefulRedisClusterConnection<byte[], byte[]> connection;
    private final StatefulRedisClusterConnection<byte[], byte[]> apart;
    private final StatefulRedisClusterPubSubConnection<byte[], byte[]> listening;

    private ClusterLink(
            StatefulRedisClusterConnection<byte[], byte[]> connection,
            StatefulRedisClusterConnection<byte[], byte[]> apart,
            StatefulRedisClusterPubSubConnection<byte[], byte[]> listening) {
        this.connection = connection;
        this.apart = apart;
        this.listening = listening;
    }

    /** All of the connections or none. */
    static ClusterLink open(RedisClusterClient client) {
        StatefulRedisClusterConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE);
        try {
            StatefulRedisClusterConnection<byte[], byte[]> apart = client.connect(ByteArrayCodec.INSTANCE);
            try {
                return new ClusterLink(connection, apart, client.connectPubSub(ByteArrayCodec.INSTANCE));
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
        RedisClusterNode master = apart.getPartitions().getMasterBySlot(SlotHash.getSlot(key));
        if (master == null) {
            throw new io.lettuce.core.RedisException("no node has the key's slot");
        }
        return apart.getConnection(master.getNodeId()).async();
    }

    @Override
    public List<String> masters() {
        return connection.getPartitions().stream()
                .filter(node -> node.is(RedisClusterNode.NodeFlag.UPSTREAM) && !node.hasNoSlots())
                .map(RedisClusterNode::getNodeId)
                .sorted()
                .toList();
    }

    @Override
    public RedisClusterAsyncCommands<byte[], byte[]> master(String name) {
        return connection.getConnection(name).async();
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
