package dev.daveloper.application.tracing.out;

import dev.daveloper.domain.tracing.TraceContext;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Begins spans, and knows for which of them the calling thread works. Called wherever something happens, also many
 * times a second: nothing of it blocks, waits or throws. Safe for use by many threads.
 */
public interface Tracer {
    /** Records nothing, and passes on what came in: whoever is called learns of the trace of whoever called. */
    Tracer PASSING = Passing.tracer();

    /** What a span is to the process it is of. */
    enum Kind {
        /** Somebody outside is served. */
        SERVER,
        /** Somebody outside is asked. */
        CLIENT,
        /** Work within. */
        INTERNAL
    }

    /**
     * Begins a span on behalf of somebody outside. It has to be ended.
     *
     * @param name of the operation, one of few: never an id, a path or anything that a client chose
     * @param from what they told; where they told nothing a new trace begins
     */
    Span begin(Kind kind, String name, Optional<TraceContext> from);

    /** Begins a part of a span of this process. It has to be ended, and may last longer than what it is a part of. */
    Span below(Span parent, Kind kind, String name);

    /** Begins a part of what the calling thread works for, or a new trace when it works for nothing. */
    default Span below(Kind kind, String name) {
        return current().map(parent -> below(parent, kind, name)).orElseGet(() -> begin(kind, name, Optional.empty()));
    }

    /** The calling thread works for this span until the scope is closed, by the same thread. Scopes nest. */
    Scope enter(Span span);

    /** For what the calling thread works. */
    Optional<Span> current();

    /** The work, done for this span by whatever thread does it. */
    default Runnable within(Span span, Runnable work) {
        return () -> {
            Scope scope = enter(span);
            try {
                work.run();
            } finally {
                scope.close();
            }
        };
    }

    /** What gives this, for what the calling thread works for now, by whatever thread asks for it. */
    default <T> Supplier<T> carried(Supplier<T> work) {
        Optional<Span> span = current();
        return span.isEmpty()
                ? work
                : () -> {
                    Scope scope = enter(span.get());
                    try {
                        return work.get();
                    } finally {
                        scope.close();
                    }
                };
    }

    /** How long a thread works for a span. */
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
