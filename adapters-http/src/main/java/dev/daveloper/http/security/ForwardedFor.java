package dev.daveloper.http.security;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}, as proxies commonly write them. */
final class ForwardedFor {
    private ForwardedFor() {}

    /** The hops, the last being the nearest one. */
    static List<Hop> hops(List<String> fors, List<String> protos, List<String> hosts) {
        List<String> nodes = items(fors);
        List<String> schemes = items(protos);
        List<String> names = items(hosts);
        if (nodes.isEmpty()) {
            return List.of(Hop.of(null, last(schemes), last(names)));
        }
        List<Hop> hops = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            hops.add(Hop.of(nodes.get(i), at(schemes, i, nodes.size()), at(names, i, nodes.size())));
        }
        return hops;
    }

    private static List<String> items(List<String> lines) {
        return lines.stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    /** Most proxies keep one value for all; where there is one for each hop it is that hop's. Others tell nothing. */
    private static @Nullable String at(List<String> values, int hop, int hops) {
        if (values.size() == 1) {
            return values.getFirst();
        }
        return values.size() == hops ? values.get(hop) : null;
    }

    private static @Nullable String last(List<String> values) {
        return values.isEmpty() ? null : values.getLast();
    }
}
