package dev.daveloper.bootstrap.metrics;

import dev.daveloper.application.cache.in.CacheControl;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.ratelimits.in.RateLimits;
import dev.daveloper.http.RequestListener;
import dev.daveloper.http.failures.FailureCounts;
import dev.daveloper.http.health.Figures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.IntSupplier;

/**
 * All that is measured, under the names of {@code docs/reference/metrics.md}. What features count themselves is read
 * when somebody asks. Safe for use by many threads.
 */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = registry();
    private final RequestMetrics requests = new RequestMetrics(registry);
    private final EventMetrics events = new EventMetrics(registry);
    private final List<Runnable> refreshing = new CopyOnWriteArrayList<>();
    private final FutureTask<ProcessMetrics> process;

    /** The process's own figures come in the background: they take longer to find than all the rest. */
    public Metrics(String version) {
        Gauge.builder("daveloper.build.info", () -> 1)
                .description("Which version this is; always 1.")
                .tag("version", version)
                .tag("java", Runtime.version().toString())
                .register(registry);
        this.process = new FutureTask<>(() -> ProcessMetrics.of(registry));
    }

    private static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(ProcessMetrics.filter());
        return registry;
    }

    /** Hears of every request. */
    public RequestListener requests() {
        return requests;
    }

    /** Hears of whatever happens. */
    public EventListener events() {
        return events;
    }

    /** What the status page tells of it. */
    public Figures figures() {
        return new StatusFigures(registry);
    }

    /** Whatever is counted elsewhere is looked at from now on. */
    public void watch(Sources sources) {
        // Suppliers are held; an object that is watched would be only for as long as somebody else holds it.
        Gauge.builder("daveloper.runs.active", sources.runs()::getAsInt)
                .description("Answers that this node makes at the moment.")
                .register(registry);
        Gauge.builder("daveloper.viewers", sources.viewers()::getAsInt)
                .description("Those who follow an answer on this node at the moment.")
                .register(registry);
        FailureCounts failures = sources.failures();
        for (String code : failures.codes()) {
            FunctionCounter.builder("daveloper.failures", failures, counts -> counts.of(code))
                    .description("Failures that callers were told, by their code.")
                    .tag("code", code)
                    .register(registry);
        }
        refreshing.add(new CacheMetrics(registry, sources.cache())::refresh);
        refreshing.add(new LimitMetrics(registry, sources.limits())::refresh);
        Thread.ofVirtual().name("process-metrics").start(process);
    }

    /** What counts for itself. */
    public record Sources(
            CacheControl cache, RateLimits limits, FailureCounts failures, IntSupplier runs, IntSupplier viewers) {}

    /** Writes all of it in the form of this media type, one of those of {@link Exposition}. */
    void write(OutputStream out, Exposition form) throws IOException {
        process.run();
        refreshing.forEach(Runnable::run);
        registry.scrape(out, form.mediaType());
    }

    @Override
    public void close() {
        if (process.state() == Future.State.SUCCESS) {
            process.resultNow().close();
        }
        registry.close();
    }
}
