package dev.daveloper.redis.ratelimits;

import dev.daveloper.redis.Redis;
import dev.daveloper.redis.RedisUrl.Topology;
import io.lettuce.core.cluster.SlotHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Which keys one script can touch: in a cluster those of one slot, otherwise all. */
record Reach(boolean cluster) {
    static Reach of(Redis redis) {
        return new Reach(redis.config().url().topology() == Topology.CLUSTER);
    }

    /** What one script each can do, in the order given. */
    <T> Collection<List<T>> groups(List<T> all, Function<T, String> key) {
        if (!cluster || all.size() == 1) {
            return all.isEmpty() ? List.of() : List.of(all);
        }
        Map<Integer, List<T>> bySlot = new LinkedHashMap<>();
        for (T one : all) {
            bySlot.computeIfAbsent(SlotHash.getSlot(key.apply(one)), slot -> new ArrayList<>())
                    .add(one);
        }
        return bySlot.values();
    }
}
