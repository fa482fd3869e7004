package dev.daveloper.http.jetty;

import dev.daveloper.http.failures.RequestIds;
import dev.daveloper.http.security.SecurityHeaders;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.MDC;

/**
 * Marks every request that gets through to a handler: its response, and the lines logged by the thread that handles it,
 * carry its ids.
 */
final class MarkedRequests extends Handler.Wrapper {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        RequestIds ids = RequestIds.of(request, ForwardedRequests.isFromProxy(request));
        ids.on(response.getHeaders()::put);
        if (request.isSecure()) {
            SecurityHeaders.secure(response.getHeaders()::put);
        }
        MDC.put(RequestIds.REQUEST_KEY, ids.requestId());
        MDC.put(RequestIds.TRACE_KEY, ids.traceId());
        try {
            return super.handle(request, response, callback);
        } finally {
            MDC.remove(RequestIds.REQUEST_KEY);
            MDC.remove(RequestIds.TRACE_KEY);
        }
    }
}
