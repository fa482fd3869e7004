package dev.daveloper.bootstrap.metrics;

import dev.daveloper.http.ServerStats;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What the public server has open and at work. */
final class ServerMetrics {
    private final MeterRegistry registry;
    private final Glance<ServerStats> glance;

    private ServerMetrics(MeterRegistry registry, Supplier<ServerStats> stats) {
        this.registry = registry;
        this.glance = new Glance<>(stats, Glance.A_MOMENT);
    }

    static void register(MeterRegistry registry, Supplier<ServerStats> stats) {
        ServerMetrics metrics = new ServerMetrics(registry, stats);
        metrics.gauge("daveloper.http.connections", "Connections that are open.", ServerStats::connections);
        metrics.gauge("daveloper.http.threads.max", "How many platform threads there may be.", ServerStats::maxThreads);
        metrics.gauge("daveloper.streams.open", "Streams of server-sent events that are open.", ServerStats::streams);
        metrics.threads("busy", ServerStats::busyThreads);
        metrics.threads("idle", ServerStats::idleThreads);
        if (stats.get().certificateExpiry().isPresent()) {
            Gauge.builder("daveloper.tls.certificate.expiry.timestamp", metrics::expiry)
                    .description("When the certificate in use expires, since 1970.")
                    .baseUnit("seconds")
                    .register(registry);
        }
    }

    private double expiry() {
        return glance.get()
                .certificateExpiry()
                .map(Instant::getEpochSecond)
                .map(Long::doubleValue)
                .orElse(Double.NaN);
    }

    private void threads(String state, ToDoubleFunction<ServerStats> figure) {
        Gauge.builder("daveloper.http.threads", () -> figure.applyAsDouble(glance.get()))
                .description("Platform threads that accept and select; requests run on virtual ones.")
                .tag("state", state)
                .register(registry);
    }

    private void gauge(String name, String description, ToDoubleFunction<ServerStats> figure) {
        Gauge.builder(name, () -> figure.applyAsDouble(glance.get()))
                .description(description)
                .register(registry);
    }
}
