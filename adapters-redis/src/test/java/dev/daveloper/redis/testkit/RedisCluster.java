package dev.daveloper.redis.testkit;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Three masters that share the slots evenly, with or without a replica each. A node that was not heard for 2 seconds
 * counts as failed; its replica takes its slots a second later. Safe for use by many threads.
 */
public final class RedisCluster implements AutoCloseable {
    /** How many slots there are, from 0. */
    public static final int SLOTS = 16_384;

    private static final int MASTERS = 3;

    private final List<RedisProcess> nodes = new ArrayList<>();

    private RedisCluster() {}

    /**
     * Three masters without replicas; returns when all of them serve, after some 3 seconds.
     *
     * @param options of the nodes, lines as in {@code redis.conf}; a password is {@code requirepass}
     * @throws IllegalStateException with the logs, if that takes longer than 30 seconds
     */
    public static RedisCluster ofMasters(String... options) {
        return start(0, List.of(options));
    }

    /** Three masters with a replica each, which follows its master already; otherwise as {@link #ofMasters}. */
    public static RedisCluster withReplicas(String... options) {
        return start(MASTERS, List.of(options));
    }

    private static RedisCluster start(int replicas, List<String> options) {
        RedisCluster started = new RedisCluster();
        try {
            started.startAll(replicas, configuration(options));
            return started;
        } catch (RuntimeException failed) {
            started.close();
            throw failed;
        }
    }

    private static List<String> configuration(List<String> options) {
        List<String> all = new ArrayList<>(options);
        RedisProcess.passwordIn(options).ifPresent(secret -> all.add("masterauth " + secret));
        all.addAll(List.of(
                "cluster-enabled yes",
                "cluster-config-file nodes.conf",
                "cluster-node-timeout 2000",
                // However long a test keeps it from its master, a replica may take its place.
                "cluster-replica-validity-factor 0",
                "cluster-announce-ip 127.0.0.1",
                "repl-diskless-sync yes",
                "repl-diskless-sync-delay 0"));
        return all;
    }

    private void startAll(int replicas, List<String> configuration) {
        for (int i = 0; i < MASTERS + replicas; i++) {
            nodes.add(RedisProcess.start(FreePort::withBus, false, configuration));
        }
        for (int i = 0; i < MASTERS; i++) {
            giveSlots(i);
        }
        // Each meets each: gossip alone would take seconds.
        for (RedisProcess one : nodes) {
            for (RedisProcess other : nodes.subList(nodes.indexOf(one) + 1, nodes.size())) {
                one.command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(other.port()));
            }
        }
        until("all know all", () -> nodes.stream().allMatch(this::knowsAll));
        for (int i = 0; i < replicas; i++) {
            String master = nodes.get(i).command("CLUSTER", "MYID");
            nodes.get(MASTERS + i).command("CLUSTER", "REPLICATE", master);
        }
        until("all serve", () -> nodes.stream().allMatch(node -> serves(node, replicas)));
    }

    private void giveSlots(int master) {
        List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
        IntStream.range(SLOTS * master / MASTERS, SLOTS * (master + 1) / MASTERS)
                .mapToObj(Integer::toString)
                .forEach(command::add);
        nodes.get(master).command(command.toArray(String[]::new));
        // Different from the beginning, or they would have to find out who is right.
        nodes.get(master).command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(master + 1));
    }

    private boolean knowsAll(RedisProcess node) {
        List<ClusterNode> known = ClusterNode.knownTo(node);
        return known.size() == nodes.size() && known.stream().noneMatch(ClusterNode::isBeingMet);
    }

    private static boolean serves(RedisProcess node, int replicas) {
        String state = node.command("CLUSTER", "INFO");
        List<ClusterNode> known = ClusterNode.knownTo(node);
        boolean follows = known.stream().noneMatch(one -> one.isMyself() && one.isReplica())
                || node.command("INFO", "replication").contains("master_link_status:up");
        return state.contains("cluster_state:ok")
                && state.contains("cluster_slots_assigned:" + SLOTS)
                && known.stream().filter(ClusterNode::isReplica).count() == replicas
                && follows;
    }

    /** {@code redis-cluster://127.0.0.1:P1,127.0.0.1:P2,127.0.0.1:P3}: those that were the masters at first. */
    public String url() {
        return nodes.stream()
                .limit(MASTERS)
                .map(RedisProcess::address)
                .collect(Collectors.joining(",", "redis-cluster://", ""));
    }

    /** Those that were the masters at first, in the order of their slots, then their replicas in the same order. */
    public List<RedisProcess> nodes() {
        return List.copyOf(nodes);
    }

    /** The slot of a key, which is that of what it has in braces. */
    public int slotOf(String key) {
        return nodes.stream()
                .flatMap(node -> asked(() -> node.command("CLUSTER", "KEYSLOT", key)).stream())
                .findFirst()
                .map(Integer::parseInt)
                .orElseThrow(() -> new IllegalStateException("no node answers"));
    }

    /**
     * Who has a slot: of the nodes that answer and hold it for theirs, the one that got it last.
     *
     * @param slot 0 to 16383
     * @throws IllegalStateException if nobody has it, as during a failover
     */
    public RedisProcess masterOf(int slot) {
        return findMasterOf(slot).orElseThrow(() -> new IllegalStateException("no node that answers has slot " + slot));
    }

    /**
     * Waits until a slot is with a node at another port, and every node that answers serves again.
     *
     * @throws IllegalStateException with the logs, if that takes longer than 30 seconds
     */
    public RedisProcess awaitMasterOtherThan(int port, int slot) {
        until("slot " + slot + " is elsewhere than at port " + port, () -> {
            Optional<RedisProcess> master = findMasterOf(slot);
            return master.isPresent()
                    && master.get().port() != port
                    && nodes.stream()
                            .flatMap(node -> asked(() -> node.command("CLUSTER", "INFO")).stream())
                            .allMatch(state -> state.contains("cluster_state:ok"));
        });
        return masterOf(slot);
    }

    private Optional<RedisProcess> findMasterOf(int slot) {
        RedisProcess master = null;
        long latest = -1;
        for (RedisProcess node : nodes) {
            long epoch = asked(() -> ClusterNode.knownTo(node)).stream()
                    .flatMap(List::stream)
                    .filter(known -> known.isMyself() && known.isMasterOf(slot))
                    .mapToLong(ClusterNode::epoch)
                    .findFirst()
                    .orElse(-1);
            if (epoch > latest) {
                latest = epoch;
                master = node;
            }
        }
        return Optional.ofNullable(master);
    }

    private static <T> Optional<T> asked(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (UncheckedIOException deadOrFrozen) {
            return Optional.empty();
        }
    }

    private void until(String condition, Callable<Boolean> holds) {
        Eventually.holds(condition, nodes.stream(), holds);
    }

    @Override
    public void close() {
        nodes.forEach(RedisProcess::close);
    }
}
