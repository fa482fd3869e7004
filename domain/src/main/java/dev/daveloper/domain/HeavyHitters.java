package dev.daveloper.domain;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What comes most often, in bounded memory: the space-saving algorithm (Metwally, Agrawal, El Abbadi 2005), so that a
 * count is too high by at most all that was counted divided by the places. What comes while another thread counts is
 * not counted: nobody waits for this.
 */
public final class HeavyHitters<K> {
    /** When all places are taken, one newcomer in so many is let in: finding whom it displaces looks at all of them. */
    private static final int NEWCOMERS = 16;

    private final int places;
    private final Map<K, long[]> counts = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long newcomers;

    public HeavyHitters(int places) {
        this.places = places;
    }

    /** @param marked whether this one is to be told apart when it is shown */
    public void count(K key, boolean marked) {
        if (!lock.tryLock()) {
            return;
        }
        try {
            long[] known = counts.get(key);
            if (known == null) {
                if (counts.size() == places && newcomers++ % NEWCOMERS != 0) {
                    return;
                }
                known = new long[] {counts.size() < places ? 0 : takeLightest(), 0};
                counts.put(key, known);
            }
            known[0]++;
            known[1] += marked ? 1 : 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param count at least how often it came, and at most what the algorithm errs by more
     * @param marked how many of these were marked
     */
    public record Hitter<K>(K key, long count, long marked) {}

    /** Those that came most often, the most frequent first. */
    public List<Hitter<K>> heaviest(int atMost) {
        lock.lock();
        try {
            return counts.entrySet().stream()
                    .map(entry -> new Hitter<>(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
                    .sorted(Comparator.comparingLong((Hitter<K> hitter) -> -hitter.count()))
                    .limit(atMost)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private long takeLightest() {
        Map.Entry<K, long[]> lightest = null;
        for (Map.Entry<K, long[]> entry : counts.entrySet()) {
            if (lightest == null || entry.getValue()[0] < lightest.getValue()[0]) {
                lightest = entry;
            }
        }
        if (lightest == null) {
            return 0;
        }
        counts.remove(lightest.getKey());
        return lightest.getValue()[0];
    }
}
