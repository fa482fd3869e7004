package dev.daveloper.http.jetty;

import dev.daveloper.application.tracing.out.Attribute;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.http.RequestListener;
import dev.daveloper.http.failures.RequestIds;
import dev.daveloper.http.security.SecurityHeaders;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Marks every request that gets through to a handler: its response, and the lines logged by the thread that handles it,
 * carry its ids. Its span begins and ends here, and is what that thread works for.
 */
final class MarkedRequests extends Handler.Wrapper {
    private static final int SERVER_ERROR = 500;
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private static final String LOST = "connection_lost";

    private final Tracer tracer;

    MarkedRequests(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        RequestIds ids = RequestIds.of(request, ForwardedRequests.isFromProxy(request), tracer);
        if (ids.span().recorded()) {
            Request.addCompletionListener(request, failure -> end(ids.span(), request, response, failure));
        }
        ids.on(response.getHeaders()::put);
        if (request.isSecure()) {
            SecurityHeaders.secure(response.getHeaders()::put);
        }
        MDC.put(RequestIds.REQUEST_KEY, ids.requestId());
        MDC.put(RequestIds.TRACE_KEY, ids.traceId());
        Tracer.Scope scope = tracer.enter(ids.span());
        try {
            return super.handle(request, response, callback);
        } finally {
            scope.close();
            MDC.remove(RequestIds.REQUEST_KEY);
            MDC.remove(RequestIds.TRACE_KEY);
        }
    }

    /** A client that is gone is no failure of ours. */
    private static void end(Span span, Request request, Response response, @Nullable Throwable failure) {
        // As OpenTelemetry calls what is none of the usual ones; a client may write there what it likes.
        String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "_OTHER";
        String route = HeardRequests.routeOf(request);
        int status = response.getStatus();
        span.put(Attribute.REQUEST_METHOD, method);
        if (route.equals(RequestListener.UNKNOWN)) {
            span.rename(method);
        } else {
            span.rename(method + " " + route);
            span.put(Attribute.ROUTE, route);
        }
        if (status > 0) {
            span.put(Attribute.STATUS, status);
        }
        if (status >= SERVER_ERROR) {
            span.failed(Integer.toString(status));
        } else if (failure != null) {
            span.happened(LOST);
        }
        span.end();
    }
}
