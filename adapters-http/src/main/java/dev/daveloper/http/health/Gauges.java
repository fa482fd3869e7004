package dev.daveloper.http.health;

import dev.daveloper.application.cache.in.CacheControl;
import dev.daveloper.application.cache.in.CacheStats;
import dev.daveloper.application.ratelimits.in.RateLimits;
import dev.daveloper.application.ratelimits.in.RateLimits.Effective;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.SseStreams;
import dev.daveloper.http.failures.FailureCounts;
import dev.daveloper.http.failures.FailureCounts.Occurred;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the numbers of the status page are read. All of it lies in this process's memory. */
final class Gauges {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private final RateLimits limits;
    private final CacheControl cache;
    private final FailureCounts failures;
    private final SseStreams streams;
    private final Figures figures;
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    private final OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    /** Those that stop everything: what some collectors do beside the program, they tell as cycles. */
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(bean -> !bean.getName().endsWith("Cycles"))
            .toList();

    Gauges(RateLimits limits, CacheControl cache, FailureCounts failures, SseStreams streams, Figures figures) {
        this.limits = limits;
        this.cache = cache;
        this.failures = failures;
        this.streams = streams;
        this.figures = figures;
    }

    static Gauges of(HttpParts parts, Figures figures) {
        return new Gauges(
                parts.ports().limits(),
                parts.ports().cacheControl(),
                parts.problems().counts(),
                parts.streams(),
                figures);
    }

    Sample read(Instant at) {
        CacheStats cached = cache.stats();
        return new Sample(
                at,
                limits.stats().policies(),
                cached.namespaces().stream()
                        .map(of -> new Sample.OfNamespace(of.namespace(), of.given(), of.asked()))
                        .toList(),
                cached.usage().nearEntries(),
                cached.usage().nearBytes(),
                streams.count(),
                process(),
                figures.read());
    }

    private Sample.OfProcess process() {
        return new Sample.OfProcess(
                memory.getHeapMemoryUsage().getUsed(),
                threads.getThreadCount(),
                system instanceof com.sun.management.OperatingSystemMXBean known
                        ? known.getProcessCpuTime() / NANOS
                        : -1,
                system.getAvailableProcessors(),
                collectors.stream()
                                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                                .filter(millis -> millis > 0)
                                .sum()
                        / MILLIS);
    }

    /** The policies that hold, each with its sentence, by name. */
    Map<String, String> policies() {
        Map<String, String> sentences = new LinkedHashMap<>();
        for (Effective policy : limits.policies()) {
            policy.policy().map(Policy::toString).ifPresent(sentence -> sentences.put(policy.name(), sentence));
        }
        return sentences;
    }

    List<Occurred> failures() {
        return failures.occurrences();
    }

    /** Of the heap; -1 when there is no bound. */
    long maxHeapBytes() {
        return memory.getHeapMemoryUsage().getMax();
    }

    /** When the process was started. */
    Instant started() {
        return Instant.ofEpochMilli(runtime.getStartTime());
    }
}
