package dev.daveloper.bootstrap.metrics;

import dev.daveloper.bootstrap.tracing.SpanCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** What became of the spans that were recorded; nothing happens to them where traces are not sent. */
final class TraceMetrics {
    /** Held here, because the registry holds what it looks at only for as long as somebody else does. */
    private final SpanCounts counts;

    TraceMetrics(MeterRegistry registry, SpanCounts counts) {
        this.counts = counts;
        FunctionCounter.builder("daveloper.trace.spans.exported", this, metrics -> metrics.counts.exported())
                .description("Spans that the collector has taken.")
                .register(registry);
        dropped(registry, "queue", metrics -> metrics.counts.dropped());
        dropped(registry, "export", metrics -> metrics.counts.failed());
    }

    private void dropped(MeterRegistry registry, String reason, ToDoubleFunction<TraceMetrics> count) {
        FunctionCounter.builder("daveloper.trace.spans.dropped", this, count)
                .description("Spans that were given up: too many waited, or the collector did not take them.")
                .tag("reason", reason)
                .register(registry);
    }
}
