package dev.daveloper.grpc;

import dev.daveloper.domain.tracing.TraceContext;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.Optional;

/** Trace context as gRPC's metadata carries it, and which calls it is for. */
final class TraceMetadata {
    private static final Metadata.Key<String> TRACEPARENT = key(TraceContext.TRACEPARENT);
    private static final Metadata.Key<String> TRACESTATE = key(TraceContext.TRACESTATE);

    /** Health and reflection: asked by machines, all the time, on nobody's behalf. */
    private static final String OF_GRPC_ITSELF = "grpc.";

    private TraceMetadata() {}

    static boolean isTraced(MethodDescriptor<?, ?> method) {
        return !method.getFullMethodName().startsWith(OF_GRPC_ITSELF);
    }

    /** What is there already is replaced: who called before us is not who calls now. */
    static void write(TraceContext context, Metadata headers) {
        headers.discardAll(TRACEPARENT);
        headers.discardAll(TRACESTATE);
        headers.put(TRACEPARENT, context.traceparent());
        if (!context.state().isEmpty()) {
            headers.put(TRACESTATE, context.state());
        }
    }

    static Optional<TraceContext> read(Metadata headers) {
        String parent = headers.get(TRACEPARENT);
        Iterable<String> states = headers.getAll(TRACESTATE);
        return parent == null
                ? Optional.empty()
                : TraceContext.parse(parent, states == null ? null : String.join(",", states));
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
