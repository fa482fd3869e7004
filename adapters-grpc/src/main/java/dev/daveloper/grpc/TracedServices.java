package dev.daveloper.grpc;

import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.application.tracing.out.Tracer.Kind;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Has every call be a part of what its caller tells of, and the threads that serve it work for that. */
final class TracedServices implements ServerInterceptor {
    private final Tracer tracer;

    TracedServices(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (!TraceMetadata.isTraced(call.getMethodDescriptor())) {
            return next.startCall(call, headers);
        }
        Span span =
                tracer.begin(Kind.SERVER, call.getMethodDescriptor().getFullMethodName(), TraceMetadata.read(headers));
        RpcSpans.describe(span, call.getMethodDescriptor());
        ServerCall<Q, A> told = new SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
                RpcSpans.end(span, status.getCode());
                super.close(status, trailers);
            }
        };
        Tracer.Scope scope = tracer.enter(span);
        try {
            return new Listening<>(next.startCall(told, headers), span);
        } finally {
            scope.close();
        }
    }

    private final class Listening<Q> extends SimpleForwardingServerCallListener<Q> {
        private final Span span;

        Listening(ServerCall.Listener<Q> listener, Span span) {
            super(listener);
            this.span = span;
        }

        @Override
        public void onMessage(Q message) {
            tracer.within(span, () -> super.onMessage(message)).run();
        }

        @Override
        public void onHalfClose() {
            tracer.within(span, super::onHalfClose).run();
        }

        @Override
        public void onCancel() {
            RpcSpans.end(span, Status.Code.CANCELLED);
            tracer.within(span, super::onCancel).run();
        }

        @Override
        public void onReady() {
            tracer.within(span, super::onReady).run();
        }
    }
}
