package dev.daveloper.http.failures;

import dev.daveloper.domain.Ids;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/**
 * Under which a request is found again: on its response, in its problem and in the lines that its thread logs.
 *
 * @param requestId of this request alone
 * @param traceId of all that happens on behalf of what the caller does, 32 characters of 0-9 and a-f
 */
public record RequestIds(String requestId, String traceId) {
    /** Both on a response, and what a caller's own request id comes in. */
    public static final String REQUEST_HEADER = "X-Request-Id";

    public static final String TRACE_HEADER = "X-Trace-Id";
    /** The names by which lines of the log carry them. */
    public static final String REQUEST_KEY = "requestId";

    public static final String TRACE_KEY = "traceId";

    private static final String ATTRIBUTE = "daveloper.request";
    private static final String PREFIX = "req_";
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Ids IDS = new Ids(InstantSource.system(), new SecureRandom());

    /** The ids of this request, the same at every call. Its own request id counts when its sender is believed. */
    public static RequestIds of(Request request, boolean believed) {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestIds known) {
            return known;
        }
        String own = believed ? request.getHeaders().get(REQUEST_HEADER) : null;
        String trace = TraceIds.from(request.getHeaders().get("traceparent"));
        RequestIds ids = new RequestIds(own != null && FORM.matcher(own).matches() ? own : IDS.next(PREFIX), trace);
        request.setAttribute(ATTRIBUTE, ids);
        request.setAttribute(Failures.TRACE, trace);
        return ids;
    }

    /** Puts them on a response. */
    public void on(BiConsumer<String, String> headers) {
        headers.accept(REQUEST_HEADER, requestId);
        headers.accept(TRACE_HEADER, traceId);
    }
}
