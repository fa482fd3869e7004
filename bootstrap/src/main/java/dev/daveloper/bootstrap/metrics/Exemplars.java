package dev.daveloper.bootstrap.metrics;

import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.tracing.TraceContext;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Of which trace a measurement is an example: the one that the measuring thread works for, when it is sampled. For what
 * a thread works is known to every tracer of the process alike.
 */
final class Exemplars implements SpanContext {
    @Override
    public @Nullable String getCurrentTraceId() {
        return sampled().map(TraceContext::traceId).orElse(null);
    }

    @Override
    public @Nullable String getCurrentSpanId() {
        return sampled().map(TraceContext::spanId).orElse(null);
    }

    @Override
    public boolean isCurrentSpanSampled() {
        return sampled().isPresent();
    }

    @Override
    public void markCurrentSpanAsExemplar() {}

    private static Optional<TraceContext> sampled() {
        return Tracer.PASSING.current().map(Span::context).filter(TraceContext::sampled);
    }
}
