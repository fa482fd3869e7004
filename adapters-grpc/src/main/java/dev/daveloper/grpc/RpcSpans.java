package dev.daveloper.grpc;

import dev.daveloper.application.tracing.out.Attribute;
import dev.daveloper.application.tracing.out.Span;
import io.grpc.MethodDescriptor;
import io.grpc.Status;

/** What the span of a call tells, on either side, by OpenTelemetry's conventions. */
final class RpcSpans {
    private static final String SYSTEM = "grpc";

    private RpcSpans() {}

    static void describe(Span span, MethodDescriptor<?, ?> method) {
        span.put(Attribute.RPC_SYSTEM, SYSTEM);
        String service = method.getServiceName();
        String name = method.getBareMethodName();
        if (service != null && name != null) {
            span.put(Attribute.RPC_SERVICE, service);
            span.put(Attribute.RPC_METHOD, name);
        }
    }

    /** A call that was cancelled was not wanted any more, which is no failure. */
    static void end(Span span, Status.Code code) {
        span.put(Attribute.RPC_STATUS, code.value());
        if (code != Status.Code.OK && code != Status.Code.CANCELLED) {
            span.failed(code.name());
        }
        span.end();
    }
}
