package dev.daveloper.application.cache.in;

import dev.daveloper.application.cache.out.Cache;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a node counted of its cache.
 *
 * @param usage what is kept
 * @param hottest keys that are asked for most, the most asked first
 * @param invalidated tags that were invalidated here most
 */
public record CacheStats(
        Instant since, Cache.Usage usage, List<OfNamespace> namespaces, List<Count> hottest, List<Count> invalidated) {
    public CacheStats {
        namespaces = List.copyOf(namespaces);
        hottest = List.copyOf(hottest);
        invalidated = List.copyOf(invalidated);
    }

    /**
     * What became of the questions in one namespace.
     *
     * @param near hits that asked nobody
     * @param failures times that something could not be made
     * @param savedBytes that had not to be made
     * @param loadMean how long it took to make something, on average
     * @param ages of what was given out
     * @param sizes of what was kept
     */
    public record OfNamespace(
            String namespace,
            long hits,
            long near,
            long stale,
            long staleOnError,
            long misses,
            long collapsed,
            long bypassed,
            long kept,
            long failures,
            long savedBytes,
            Duration loadMean,
            List<Count> ages,
            List<Count> sizes) {
        public OfNamespace {
            ages = List.copyOf(ages);
            sizes = List.copyOf(sizes);
        }

        /** What had not to be made. */
        public long given() {
            return hits + stale + staleOnError + collapsed;
        }

        /** All that was asked for. */
        public long asked() {
            return given() + misses + bypassed;
        }

        /** From 0 to 1: of what was asked for, what had not to be made; 0 when nothing was asked for. */
        public double hitRatio() {
            return asked() == 0 ? 0 : (double) given() / asked();
        }
    }

    /** @param name for a session's own keys a hash */
    public record Count(String name, long count) {}
}
