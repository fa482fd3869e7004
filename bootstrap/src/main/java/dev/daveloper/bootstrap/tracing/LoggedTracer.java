package dev.daveloper.bootstrap.tracing;

import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.tracing.TraceContext;
import dev.daveloper.http.failures.RequestIds;
import java.util.Optional;
import org.slf4j.MDC;

/** Has what a thread logs carry the id of the trace that it works for, recorded or not. */
final class LoggedTracer implements Tracer {
    private final Tracer tracer;

    LoggedTracer(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public Span begin(Kind kind, String name, Optional<TraceContext> from) {
        return tracer.begin(kind, name, from);
    }

    @Override
    public Span below(Span parent, Kind kind, String name) {
        return tracer.below(parent, kind, name);
    }

    @Override
    public Scope enter(Span span) {
        Scope scope = tracer.enter(span);
        String before = MDC.get(RequestIds.TRACE_KEY);
        String trace = span.context().traceId();
        if (trace.equals(before)) {
            return scope;
        }
        MDC.put(RequestIds.TRACE_KEY, trace);
        return () -> {
            scope.close();
            if (before == null) {
                MDC.remove(RequestIds.TRACE_KEY);
            } else {
                MDC.put(RequestIds.TRACE_KEY, before);
            }
        };
    }

    @Override
    public Optional<Span> current() {
        return tracer.current();
    }
}
