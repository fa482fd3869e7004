package dev.daveloper.http.failures;

import dev.daveloper.http.requests.JsonCodec;
import dev.daveloper.http.security.SecurityHeaders;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what was thrown with a problem. */
public final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    /** The request attribute that holds the trace id. */
    static final String TRACE = "daveloper.trace";

    private final JsonCodec json;

    public Failures(JsonCodec json) {
        this.json = json;
    }

    /** The trace id of this request, the same at every call. */
    public static String traceOf(HttpServletRequest request) {
        if (request.getAttribute(TRACE) instanceof String trace) {
            return trace;
        }
        String trace = TraceIds.from(request.getHeader("traceparent"));
        request.setAttribute(TRACE, trace);
        return trace;
    }

    /** Answers with a problem; does nothing when an answer has begun, which a client sees break off. */
    public void answer(Throwable thrown, Context ctx) {
        HttpServletResponse response = ctx.res();
        if (isClientGone(thrown)) {
            LOG.debug("a client left before its answer was complete");
            return;
        }
        Problems.Told told = tell(thrown, ctx.req());
        if (response.isCommitted()) {
            return;
        }
        told.headers().forEach(response::setHeader);
        ctx.status(told.problem().status());
        ctx.contentType(Problem.MEDIA_TYPE);
        ctx.result(json.bytes(told.problem()));
    }

    /** As {@link #answer(Throwable, Context)}, where there is a servlet but no route. */
    public void answer(Throwable thrown, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problems.Told told = tell(thrown, request);
        if (response.isCommitted()) {
            return;
        }
        SecurityHeaders.api(response::setHeader);
        told.headers().forEach(response::setHeader);
        response.setStatus(told.problem().status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream().write(json.bytes(told.problem()));
    }

    private static Problems.Told tell(Throwable thrown, HttpServletRequest request) {
        Throwable judged = thrown;
        if (thrown instanceof HttpException bad) {
            judged = new Refusal(TransportFailure.ofStatus(bad.getCode()), "The request could not be read.", Map.of());
        }
        return Problems.tell(judged, request.getRequestURI(), traceOf(request));
    }

    private static boolean isClientGone(Throwable thrown) {
        return thrown instanceof EOFException;
    }
}
