package dev.daveloper.http.graphql;

import dev.daveloper.application.tracing.out.Attribute;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.http.GraphListener;
import dev.daveloper.http.GraphListener.Kind;
import dev.daveloper.http.GraphListener.Operation;
import dev.daveloper.http.GraphListener.Transport;
import dev.daveloper.http.failures.Occasion;
import dev.daveloper.http.failures.ProblemType;
import dev.daveloper.http.failures.Problems;
import dev.daveloper.http.failures.Refusal;
import graphql.GraphQLError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whoever is told of operations: metrics, traces, and the log where one is slow. Safe for use by many threads. */
final class Watch {
    /** As OpenTelemetry calls one of which nobody knows what it is. */
    private static final String UNKNOWN_SPAN = "GraphQL Operation";

    private final GraphListener listener;
    private final OperationNames names;
    private final Tracer tracer;
    private final Problems problems;
    private final SlowOperations slow;

    Watch(GraphListener listener, OperationNames names, Tracer tracer, Problems problems, SlowOperations slow) {
        this.listener = listener;
        this.names = names;
        this.tracer = tracer;
        this.problems = problems;
        this.slow = slow;
    }

    GraphListener listener() {
        return listener;
    }

    /** An operation is done from now on, by the calling thread and those that work for it. It has to be closed. */
    Watched begin(GraphEngine.Ready ready, Transport transport) {
        Kind kind = Kind.valueOf(ready.kind().name());
        Operation operation = new Operation(names.toldFor(ready.name()), kind, transport);
        String type = kind.name().toLowerCase(Locale.ROOT);
        boolean named = ready.name().filter(names::has).isPresent();
        Span span = tracer.below(Tracer.Kind.SERVER, named ? type + " " + operation.name() : type);
        span.put(Attribute.GRAPHQL_TYPE, type);
        if (named) {
            span.put(Attribute.GRAPHQL_NAME, operation.name());
        }
        return new Watched(this, ready, operation, span);
    }

    /** An operation was refused before anything of it was done. */
    void refused(GraphRequest request, Transport transport, List<? extends GraphQLError> errors, long nanos) {
        String name = request.operationName().filter(names::has).orElse(GraphListener.OTHER);
        listener.refused(new Operation(name, Kind.UNKNOWN, transport), nanos);
        String code = errors.isEmpty() ? "" : GraphFailures.codeOf(errors.getFirst());
        count(code);
        Span span = tracer.below(Tracer.Kind.SERVER, UNKNOWN_SPAN);
        span.put(Attribute.ERROR_TYPE, code);
        span.end();
    }

    /** What was told without having been thrown is a failure that somebody was told all the same. */
    void count(String code) {
        String trace = tracer.current().map(span -> span.context().traceId()).orElse("");
        ProblemType.find(code)
                .ifPresent(type -> problems.note(new Refusal(type, type.title(), Map.of()), Occasion.ofServer(trace)));
    }

    /** Tells that a subscription goes on, until this is closed. */
    Lasting subscribed(Transport transport) {
        listener.subscribed(transport);
        return new Lasting(listener, transport);
    }

    void ended(Watched watched, GraphListener.Result result) {
        long nanos = System.nanoTime() - watched.ready().beganAtNanos();
        listener.done(watched.operation(), result, watched.ready().weight(), nanos);
        slow.look(watched.ready(), watched.operation().transport(), result, nanos);
    }

    Runnable within(Span span, Runnable work) {
        return tracer.within(span, work);
    }

    /** A subscription that goes on. */
    static final class Lasting implements AutoCloseable {
        private final GraphListener listener;
        private final Transport transport;
        private final AtomicBoolean over = new AtomicBoolean();

        private Lasting(GraphListener listener, Transport transport) {
            this.listener = listener;
            this.transport = transport;
        }

        /** It is over. Idempotent, from any thread. */
        @Override
        public void close() {
            if (over.compareAndSet(false, true)) {
                listener.unsubscribed(transport);
            }
        }
    }
}
