package dev.daveloper.http.cache;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.application.cache.in.CacheStats;
import dev.daveloper.application.cache.in.CacheStats.Count;
import dev.daveloper.application.cache.in.CacheStats.OfNamespace;
import dev.daveloper.application.cache.out.Cache.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the cache does, as administrators see it. Times are seconds, hit ratios from 0 to 1. */
record CacheView(
        String since,
        UsageView usage,
        List<NamespaceView> namespaces,
        List<CountView> hottest,
        List<CountView> invalidated,
        List<String> warmable) {
    static CacheView of(CacheStats stats, List<String> warmable) {
        return new CacheView(
                stats.since().toString(),
                UsageView.of(stats.usage()),
                stats.namespaces().stream().map(NamespaceView::of).toList(),
                CountView.of(stats.hottest()),
                CountView.of(stats.invalidated()),
                warmable);
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record UsageView(
            long entries,
            long bytes,
            long evicted,
            long broken,
            boolean away,
            boolean coherent,
            long savedBytes,
            @Nullable Double invalidationLag) {
        private static final double NANOS = 1e9;

        static UsageView of(Usage usage) {
            return new UsageView(
                    usage.nearEntries(),
                    usage.nearBytes(),
                    usage.evicted(),
                    usage.broken(),
                    usage.away(),
                    usage.coherent(),
                    usage.savedBytes(),
                    usage.lag().map(lag -> lag.toNanos() / NANOS).orElse(null));
        }
    }

    private record NamespaceView(
            String namespace,
            double hitRatio,
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
            double loadSeconds,
            List<CountView> ages,
            List<CountView> sizes) {
        private static final double NANOS = 1e9;

        static NamespaceView of(OfNamespace of) {
            return new NamespaceView(
                    of.namespace(),
                    of.hitRatio(),
                    of.hits(),
                    of.near(),
                    of.stale(),
                    of.staleOnError(),
                    of.misses(),
                    of.collapsed(),
                    of.bypassed(),
                    of.kept(),
                    of.failures(),
                    of.savedBytes(),
                    of.loadMean().toNanos() / NANOS,
                    CountView.of(of.ages()),
                    CountView.of(of.sizes()));
        }
    }

    private record CountView(String name, long count) {
        static List<CountView> of(List<Count> counts) {
            return counts.stream()
                    .map(count -> new CountView(count.name(), count.count()))
                    .toList();
        }
    }
}
