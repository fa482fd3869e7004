package dev.daveloper.redis.testkit;

import java.util.List;

/**
 * One node, as a node sees it.
 *
 * @param epoch of the configuration: of two that claim a slot, the higher is right
 * @param slots ranges such as {@code 0-5460}, single slots, and in brackets those that are on their way
 * @see <a href="https://redis.io/docs/latest/commands/cluster-nodes/">CLUSTER NODES</a>
 */
record ClusterNode(List<String> flags, long epoch, List<String> slots) {
    private static final int FLAGS = 2;
    private static final int EPOCH = 6;
    private static final int SLOTS = 8;

    /** All that a node knows of, itself included. */
    static List<ClusterNode> knownTo(RedisProcess node) {
        return node.command("CLUSTER", "NODES").lines().map(ClusterNode::read).toList();
    }

    private static ClusterNode read(String line) {
        List<String> columns = List.of(line.split(" ", -1));
        return new ClusterNode(
                List.of(columns.get(FLAGS).split(",", -1)),
                Long.parseLong(columns.get(EPOCH)),
                columns.subList(SLOTS, columns.size()));
    }

    /** Whether it is the node that was asked. */
    boolean isMyself() {
        return flags.contains("myself");
    }

    boolean isReplica() {
        return flags.contains("slave");
    }

    boolean isBeingMet() {
        return flags.contains("handshake");
    }

    boolean isMasterOf(int slot) {
        return flags.contains("master") && slots.stream().anyMatch(range -> contains(range, slot));
    }

    private static boolean contains(String range, int slot) {
        if (range.startsWith("[")) {
            return false;
        }
        String[] ends = range.split("-", -1);
        return Integer.parseInt(ends[0]) <= slot && slot <= Integer.parseInt(ends[ends.length - 1]);
    }
}
