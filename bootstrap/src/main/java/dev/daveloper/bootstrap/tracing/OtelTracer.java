package dev.daveloper.bootstrap.tracing;

import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.tracing.TraceContext;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.Optional;

/** Spans of OpenTelemetry. For what a thread works is known without it, so that nothing else has to know it. */
final class OtelTracer implements Tracer {
    private final io.opentelemetry.api.trace.Tracer tracer;

    OtelTracer(io.opentelemetry.api.trace.Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public Span begin(Kind kind, String name, Optional<TraceContext> from) {
        SpanBuilder builder = builder(kind, name);
        if (from.isEmpty()) {
            return new OtelSpan(builder.setNoParent().startSpan(), "");
        }
        TraceContext context = from.get();
        TraceFlags flags = context.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault();
        SpanContext remote =
                SpanContext.createFromRemoteParent(context.traceId(), context.spanId(), flags, TraceState.getDefault());
        io.opentelemetry.api.trace.Span parent = io.opentelemetry.api.trace.Span.wrap(remote);
        return new OtelSpan(builder.setParent(Context.root().with(parent)).startSpan(), context.state());
    }

    @Override
    public Span below(Span parent, Kind kind, String name) {
        if (!(parent instanceof OtelSpan own)) {
            return begin(kind, name, Optional.of(parent.context()));
        }
        return new OtelSpan(
                builder(kind, name).setParent(Context.root().with(own.span())).startSpan(),
                own.context().state());
    }

    @Override
    public Scope enter(Span span) {
        return Tracer.PASSING.enter(span);
    }

    @Override
    public Optional<Span> current() {
        return Tracer.PASSING.current();
    }

    private SpanBuilder builder(Kind kind, String name) {
        return tracer.spanBuilder(name)
                .setSpanKind(
                        switch (kind) {
                            case SERVER -> SpanKind.SERVER;
                            case CLIENT -> SpanKind.CLIENT;
                            case INTERNAL -> SpanKind.INTERNAL;
                        });
    }
}
