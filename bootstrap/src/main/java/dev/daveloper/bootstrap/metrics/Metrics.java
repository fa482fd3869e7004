package dev.daveloper.bootstrap.metrics;

import dev.daveloper.application.cache.in.CacheControl;
import dev.daveloper.application.chat.out.RunListener;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.health.in.Health;
import dev.daveloper.application.ratelimits.in.RateLimits;
import dev.daveloper.application.webhooks.in.Webhooks;
import dev.daveloper.application.webhooks.out.DeliveryListener;
import dev.daveloper.bootstrap.config.MetricsTarget;
import dev.daveloper.bootstrap.tracing.SpanCounts;
import dev.daveloper.http.GraphListener;
import dev.daveloper.http.RequestListener;
import dev.daveloper.http.SocketListener;
import dev.daveloper.http.failures.FailureCounts;
import dev.daveloper.http.health.Figures;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.IntSupplier;

/**
 * All that is measured, under the names of {@code docs/reference/metrics.md}. What features count themselves is read
 * when somebody asks. Safe for use by many threads.
 */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry told = new PrometheusMeterRegistry(
            PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, new Exemplars());
    private final MeterRegistry registry;
    private final RequestMetrics requests;
    private final SocketMetrics sockets;
    private final GraphMetrics graphs;
    private final EventMetrics events;
    private final ChatMetrics runs;
    private final WebhookMetrics deliveries;
    private final Foundations foundations;
    private final List<Runnable> refreshing = new CopyOnWriteArrayList<>();
    private final FutureTask<ProcessMetrics> process;
    /** Held, because the registry does not. */
    private final List<TraceMetrics> traces = new CopyOnWriteArrayList<>();

    /**
     * The process's own figures come in the background: they take longer to find than all the rest.
     *
     * @param sent where metrics are sent as well; while they are not, nothing is there for it
     */
    public Metrics(String version, Optional<MetricsTarget> sent) {
        this.registry = sent.isEmpty() ? told : new CompositeMeterRegistry(Clock.SYSTEM, List.of(told));
        registry.config().meterFilter(ProcessMetrics.filter());
        this.requests = new RequestMetrics(registry);
        this.sockets = new SocketMetrics(registry);
        this.graphs = new GraphMetrics(registry);
        this.events = new EventMetrics(registry);
        this.runs = new ChatMetrics(registry);
        this.deliveries = new WebhookMetrics(registry);
        this.foundations = new Foundations(registry);
        Gauge.builder("daveloper.build.info", () -> 1)
                .description("Which version this is; always 1.")
                .tag("version", version)
                .tag("java", Runtime.version().toString())
                .register(registry);
        this.process = new FutureTask<>(() -> ProcessMetrics.of(registry));
        if (registry instanceof CompositeMeterRegistry all) {
            all.add(OtlpExport.to(sent.orElseThrow(), version, this::look));
        }
    }

    /** Hears of every request. */
    public RequestListener requests() {
        return requests;
    }

    /** Hears of WebSockets and of what is said there. */
    public SocketListener sockets() {
        return sockets;
    }

    /** Hears of operations of GraphQL. */
    public GraphListener graphs() {
        return graphs;
    }

    /** Hears of whatever happens. */
    public EventListener events() {
        return events;
    }

    /** Hears of the steps of answers. */
    public RunListener runs() {
        return runs;
    }

    /** Hears how deliveries of webhooks go. */
    public DeliveryListener deliveries() {
        return deliveries;
    }

    /** Measures what is handed over to it. */
    public Foundations foundations() {
        return foundations;
    }

    /** What became of spans is told from now on. */
    public void watch(SpanCounts spans) {
        traces.add(new TraceMetrics(registry, spans));
    }

    /** What the status page tells of it. */
    public Figures figures() {
        return new StatusFigures(told);
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

    /** How components are is looked at from now on. */
    public void watch(Health health) {
        refreshing.add(new HealthMetrics(registry, health)::refresh);
    }

    /** How webhooks stand is looked at from now on. */
    public void watch(Webhooks webhooks, InstantSource clock) {
        refreshing.add(new BacklogMetrics(registry, webhooks::overview, clock)::refresh);
    }

    /** What counts for itself. */
    public record Sources(
            CacheControl cache, RateLimits limits, FailureCounts failures, IntSupplier runs, IntSupplier viewers) {}

    /** Writes all of it in the form of this media type, one of those of {@link Exposition}. */
    void write(OutputStream out, Exposition form) throws IOException {
        look();
        told.scrape(out, form.mediaType());
    }

    /** Looks at what was counted elsewhere since. */
    private void look() {
        process.run();
        refreshing.forEach(Runnable::run);
    }

    @Override
    public void close() {
        if (process.state() == Future.State.SUCCESS) {
            process.resultNow().close();
        }
        registry.close();
    }
}
