package dev.daveloper.bootstrap.metrics;

import dev.daveloper.application.cache.in.CacheControl;
import dev.daveloper.application.cache.in.CacheStats;
import dev.daveloper.application.cache.in.CacheStats.OfNamespace;
import dev.daveloper.application.cache.out.Cache.Usage;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What the cache has counted, looked at once for each time that somebody asks. */
final class CacheMetrics {
    /** Those that are there from the start, so that nothing begins with a gap. */
    private static final List<String> KNOWN = List.of("answers", "document", "documents", "tools");

    private static final double NANOS = 1e9;

    private final MeterRegistry registry;
    private final CacheControl control;
    private final Set<String> registered = new HashSet<>();
    private volatile Usage usage;
    private volatile Map<String, OfNamespace> namespaces;

    CacheMetrics(MeterRegistry registry, CacheControl control) {
        this.registry = registry;
        this.control = control;
        CacheStats stats = control.stats();
        this.usage = stats.usage();
        this.namespaces = byName(stats);
        gauge("daveloper.cache.entries", "Entries in this node's memory.", Usage::nearEntries);
        Gauge.builder("daveloper.cache.size", this, metrics -> metrics.usage.nearBytes())
                .description("What they take, about.")
                .baseUnit("bytes")
                .register(registry);
        gauge("daveloper.cache.away", "1 while Redis does not answer the cache, else 0.", now -> flag(now.away()));
        gauge(
                "daveloper.cache.coherent",
                "1 while this node hears of changes elsewhere, so that its memory may be used, else 0.",
                now -> flag(now.coherent()));
        Gauge.builder("daveloper.cache.invalidation.lag", this, metrics -> seconds(metrics.usage))
                .description(
                        "How late this node heard of a change in Redis last; not a number where that is not known.")
                .baseUnit("seconds")
                .register(registry);
        counter("daveloper.cache.evictions", "Entries that had to make room in this node's memory.", Usage::evicted);
        counter("daveloper.cache.broken", "What was kept and could not be read.", Usage::broken);
        FunctionCounter.builder("daveloper.cache.compression.saved", this, metrics -> metrics.usage.savedBytes())
                .description("What compression spared Redis.")
                .baseUnit("bytes")
                .register(registry);
        refresh();
    }

    /** Looks at what was counted since. */
    synchronized void refresh() {
        CacheStats stats = control.stats();
        usage = stats.usage();
        namespaces = byName(stats);
        KNOWN.forEach(this::know);
        namespaces.keySet().forEach(this::know);
    }

    private static Map<String, OfNamespace> byName(CacheStats stats) {
        return stats.namespaces().stream().collect(Collectors.toMap(OfNamespace::namespace, Function.identity()));
    }

    private void know(String namespace) {
        if (!registered.add(namespace)) {
            return;
        }
        asked(namespace, "hit", OfNamespace::hits);
        asked(namespace, "stale", OfNamespace::stale);
        asked(namespace, "stale_on_error", OfNamespace::staleOnError);
        asked(namespace, "collapsed", OfNamespace::collapsed);
        asked(namespace, "miss", OfNamespace::misses);
        asked(namespace, "bypass", OfNamespace::bypassed);
        counter(namespace, "daveloper.cache.near.hits", "Hits that asked nobody.", OfNamespace::near);
        counter(namespace, "daveloper.cache.puts", "Entries that were kept.", OfNamespace::kept);
        counter(
                namespace,
                "daveloper.cache.load.failures",
                "Times that something could not be made.",
                OfNamespace::failures);
        FunctionCounter.builder("daveloper.cache.saved", this, of(namespace, OfNamespace::savedBytes))
                .description("What had not to be made.")
                .baseUnit("bytes")
                .tag("namespace", namespace)
                .register(registry);
    }

    private void asked(String namespace, String result, ToLongFunction<OfNamespace> figure) {
        FunctionCounter.builder("daveloper.cache.requests", this, of(namespace, figure))
                .description("Questions to the cache, by what became of them.")
                .tag("namespace", namespace)
                .tag("result", result)
                .register(registry);
    }

    private void counter(String namespace, String name, String description, ToLongFunction<OfNamespace> figure) {
        FunctionCounter.builder(name, this, of(namespace, figure))
                .description(description)
                .tag("namespace", namespace)
                .register(registry);
    }

    private static ToDoubleFunction<CacheMetrics> of(String namespace, ToLongFunction<OfNamespace> figure) {
        return metrics -> {
            OfNamespace counted = metrics.namespaces.get(namespace);
            return counted == null ? 0 : figure.applyAsLong(counted);
        };
    }

    private void counter(String name, String description, ToLongFunction<Usage> figure) {
        FunctionCounter.builder(name, this, metrics -> figure.applyAsLong(metrics.usage))
                .description(description)
                .register(registry);
    }

    private void gauge(String name, String description, ToDoubleFunction<Usage> figure) {
        Gauge.builder(name, this, metrics -> figure.applyAsDouble(metrics.usage))
                .description(description)
                .register(registry);
    }

    private static double flag(boolean set) {
        return set ? 1 : 0;
    }

    private static double seconds(Usage usage) {
        return usage.lag().map(Duration::toNanos).map(nanos -> nanos / NANOS).orElse(Double.NaN);
    }
}
