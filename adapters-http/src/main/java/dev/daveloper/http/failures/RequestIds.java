package dev.daveloper.http.failures;

import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.tracing.TraceContext;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/**
 * Under which a request is found again: on its response, in its problem and in the lines that its thread logs.
 *
 * @param requestId of this request alone
 * @param span what is told of it to those who trace
 */
public record RequestIds(String requestId, Span span) {
    /** Both on a response, and what a caller's own request id comes in. */
    public static final String REQUEST_HEADER = "X-Request-Id";

    public static final String TRACE_HEADER = "X-Trace-Id";
    /** The names by which lines of the log carry them. */
    public static final String REQUEST_KEY = "requestId";

    public static final String TRACE_KEY = "traceId";

    private static final String ATTRIBUTE = "daveloper.request";
    private static final String PREFIX = "req_";
    /** Until the route is known. */
    private static final String SPAN_NAME = "HTTP";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Ids IDS = new Ids(InstantSource.system(), new SecureRandom());

    /**
     * The ids of this request, the same at every call. Its own request id counts when its sender is believed. A request
     * that nobody has begun to trace is not traced.
     */
    public static RequestIds of(Request request, boolean believed) {
        return of(request, believed, Tracer.PASSING);
    }

    /** As {@link #of(Request, boolean)}, and begins the request's span, which whoever begins it has to end. */
    public static RequestIds of(Request request, boolean believed, Tracer tracer) {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestIds known) {
            return known;
        }
        String own = believed ? request.getHeaders().get(REQUEST_HEADER) : null;
        String id = own != null && FORM.matcher(own).matches() ? own : IDS.next(PREFIX);
        RequestIds ids = new RequestIds(id, tracer.begin(Tracer.Kind.SERVER, SPAN_NAME, parentOf(request)));
        request.setAttribute(ATTRIBUTE, ids);
        return ids;
    }

    /** What is told of this request; empty for one that was turned down before it was marked. */
    public static Optional<Span> spanOf(Request request) {
        return request.getAttribute(ATTRIBUTE) instanceof RequestIds known
                ? Optional.of(known.span())
                : Optional.empty();
    }

    /** The same for whoever sees the request as a servlet does. */
    public static RequestIds of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestIds known) {
            return known;
        }
        Optional<TraceContext> parent = TraceContext.parse(
                request.getHeader(TraceContext.TRACEPARENT), request.getHeader(TraceContext.TRACESTATE));
        RequestIds ids = new RequestIds(IDS.next(PREFIX), Tracer.PASSING.begin(Tracer.Kind.SERVER, SPAN_NAME, parent));
        request.setAttribute(ATTRIBUTE, ids);
        return ids;
    }

    private static Optional<TraceContext> parentOf(Request request) {
        String traceparent = request.getHeaders().get(TraceContext.TRACEPARENT);
        return traceparent == null
                ? Optional.empty()
                : TraceContext.parse(
                        traceparent, String.join(",", request.getHeaders().getValuesList(TraceContext.TRACESTATE)));
    }

    /** Of all that happens on behalf of what the caller does, 32 characters of 0-9 and a-f. */
    public String traceId() {
        return span.context().traceId();
    }

    /** Puts them on a response. */
    public void on(BiConsumer<String, String> headers) {
        headers.accept(REQUEST_HEADER, requestId);
        headers.accept(TRACE_HEADER, traceId());
    }
}
