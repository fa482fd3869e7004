package dev.daveloper.grpc;

import dev.daveloper.application.tracing.out.Attribute;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.application.tracing.out.Tracer.Kind;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Has every call be a part of what the calling thread works for, and tells the service of it. A call on nobody's behalf
 * is none, and a call that gRPC repeats is one.
 */
final class TracedCalls implements ClientInterceptor {
    private final Tracer tracer;

    TracedCalls(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        ClientCall<Q, A> call = next.newCall(method, options);
        Optional<Span> cause = tracer.current();
        if (cause.isEmpty()
                || !TraceMetadata.isTraced(method)
                || (!cause.get().recorded() && cause.get().sent().isEmpty())) {
            return call;
        }
        return new Traced<>(call, cause.get(), method, next.authority());
    }

    private final class Traced<Q, A> extends SimpleForwardingClientCall<Q, A> {
        private final Span cause;
        private final MethodDescriptor<Q, A> method;
        private final @Nullable String authority;

        Traced(ClientCall<Q, A> call, Span cause, MethodDescriptor<Q, A> method, @Nullable String authority) {
            super(call);
            this.cause = cause;
            this.method = method;
            this.authority = authority;
        }

        @Override
        public void start(Listener<A> listener, Metadata headers) {
            Span span = tracer.below(cause, Kind.CLIENT, method.getFullMethodName());
            span.sent().ifPresent(context -> TraceMetadata.write(context, headers));
            if (!span.recorded()) {
                super.start(listener, headers);
                return;
            }
            describe(span);
            super.start(
                    new SimpleForwardingClientCallListener<>(listener) {
                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            RpcSpans.end(span, status.getCode());
                            super.onClose(status, trailers);
                        }
                    },
                    headers);
        }

        private void describe(Span span) {
            RpcSpans.describe(span, method);
            if (authority != null) {
                span.put(Attribute.SERVER_ADDRESS, authority);
            }
        }
    }
}
