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
    Tracer PASSING = new PassingTracer();

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
     * Begins a span. It has to be ended.
     *
     * @param name of the operation, one of few: never an id, a path or anything that a client chose
     * @param parent on whose behalf; where there is none a new trace begins
     */
    Span begin(Kind kind, String name, Optional<TraceContext> parent);

    /** The calling thread works for this span until the scope is closed, by the same thread. Scopes nest. */
    Scope enter(Span span);

    /** For what the calling thread works. */
    Optional<Span> current();

    /** Begins a part of what the calling thread works for, or of a new trace when it works for nothing. */
    default Span beginBelow(Kind kind, String name) {
        return begin(kind, name, current().map(Span::context));
    }

    /** The work, done for this span by whatever thread does it. */
    default Runnable within(Span span, Runnable work) {
        return () -> {
            try (Scope scope = enter(span)) {
                work.run();
            }
        };
    }

    /** What gives this, for what the calling thread works for now, by whatever thread asks for it. */
    default <T> Supplier<T> carried(Supplier<T> work) {
        return current().<Supplier<T>>map(span -> () -> {
                    try (Scope scope = enter(span)) {
                        return work.get();
                    }
                })
                .orElse(work);
    }

    /** How long a thread works for a span. */
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
