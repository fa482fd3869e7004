package dev.daveloper.http.failures;

import dev.daveloper.domain.tracing.TraceContext;
import dev.daveloper.http.requests.JsonCodec;
import dev.daveloper.http.security.SecurityHeaders;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Answers what was thrown with a problem. */
public final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final JsonCodec json;
    private final Problems problems;

    public Failures(JsonCodec json, Problems problems) {
        this.json = json;
        this.problems = problems;
    }

    /** The trace id of this request, the same at every call. */
    public static String traceOf(HttpServletRequest request) {
        return RequestIds.of(request).traceId();
    }

    /** Answers with a problem; does nothing when an answer has begun, which a client sees break off. */
    public void answer(Throwable thrown, Context ctx) {
        HttpServletResponse response = ctx.res();
        if (isClientGone(thrown)) {
            LOG.debug("a client left before its answer was complete");
            return;
        }
        Problems.Told told = tell(thrown, Occasion.of(ctx));
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
        answer(tell(thrown, Occasion.of(request, request.getServletPath())), response);
    }

    /** As {@link #answer(Throwable, Context)}, for what is so bad that Javalin does not say over which request. */
    public void answer(Error error, HttpServletResponse response) {
        String trace = Objects.requireNonNullElseGet(
                MDC.get(FailureLog.TRACE_ID), () -> TraceContext.begin().traceId());
        try {
            answer(tell(error, Occasion.ofServer(trace)), response);
        } catch (IOException e) {
            LOG.debug("a client left before it was told of an error");
        }
    }

    private void answer(Problems.Told told, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        SecurityHeaders.api(response::setHeader);
        told.headers().forEach(response::setHeader);
        response.setStatus(told.problem().status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream().write(json.bytes(told.problem()));
    }

    private Problems.Told tell(Throwable thrown, Occasion occasion) {
        Throwable judged = thrown;
        if (thrown instanceof HttpException bad) {
            judged = new Refusal(TransportFailure.ofStatus(bad.getCode()), "The request could not be read.", Map.of());
        }
        return problems.tell(judged, occasion);
    }

    private static boolean isClientGone(Throwable thrown) {
        return thrown instanceof EOFException;
    }
}
