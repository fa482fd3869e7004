package dev.daveloper.bootstrap.e2e;

import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What was done and seen while everything around failed. Safe for use by many threads. */
final class Tally {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();

    void count(String what) {
        count(what, 1);
    }

    void count(String what, long many) {
        counts.computeIfAbsent(what, none -> new LongAdder()).add(many);
    }

    long of(String what) {
        LongAdder count = counts.get(what);
        return count == null ? 0 : count.sum();
    }

    /** Notes that a law was broken, and by what. */
    void broke(String law) {
        broken.add(law);
    }

    Queue<String> broken() {
        return broken;
    }

    @Override
    public String toString() {
        StringBuilder all = new StringBuilder();
        new TreeMap<>(counts)
                .forEach((what, count) ->
                        all.append(what).append(' ').append(count.sum()).append(", "));
        return all.append(broken.isEmpty() ? "none lost, none doubled" : broken.size() + " broken")
                .toString();
    }
}
