package dev.daveloper.bootstrap.metrics;

import dev.daveloper.embedded.documents.ingestion.DocumentsStats;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What waits to be ingested here, and what is. */
final class DocumentMetrics {
    private DocumentMetrics() {}

    static void register(MeterRegistry registry, Supplier<DocumentsStats> stats) {
        Glance<DocumentsStats> glance = new Glance<>(stats, Glance.A_MOMENT);
        queue(registry, "waiting", glance, DocumentsStats::waiting);
        queue(registry, "processing", glance, DocumentsStats::processing);
        Gauge.builder("daveloper.documents.queue.limit", () -> glance.get().limit())
                .description("How many documents may wait before further ones are refused.")
                .register(registry);
    }

    private static void queue(
            MeterRegistry registry,
            String state,
            Supplier<DocumentsStats> stats,
            ToDoubleFunction<DocumentsStats> figure) {
        Gauge.builder("daveloper.documents.queue", () -> figure.applyAsDouble(stats.get()))
                .description("Documents that are not ingested yet.")
                .tag("state", state)
                .register(registry);
    }
}
