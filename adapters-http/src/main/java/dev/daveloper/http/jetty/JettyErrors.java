package dev.daveloper.http.jetty;

import dev.daveloper.http.failures.Problem;
import dev.daveloper.http.failures.ProblemType;
import dev.daveloper.http.failures.Problems;
import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.failures.TraceIds;
import dev.daveloper.http.failures.TransportFailure;
import dev.daveloper.http.requests.JsonCodec;
import dev.daveloper.http.security.SecurityHeaders;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Gives the same problems to those whose request the server itself turned down, before any route saw it. */
public final class JettyErrors extends ErrorHandler {
    private final JsonCodec json;

    public JettyErrors(JsonCodec json) {
        this.json = json;
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        HttpFields.Mutable headers = response.getHeaders();
        Problem problem = problem(code, request.getHeaders().get("traceparent"));
        byte[] body = json.bytes(problem);
        // A status that no problem of ours has, such as 417, is told as the one that comes nearest.
        response.setStatus(problem.status());
        writeHeaders(headers, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private static Problem problem(int status, @Nullable String traceparent) {
        ProblemType type = TransportFailure.ofStatus(status);
        Refusal refusal = new Refusal(type, type.meaning(), Map.of());
        return Problems.tell(refusal, null, TraceIds.from(traceparent)).problem();
    }

    private static void writeHeaders(HttpFields.Mutable headers, int length) {
        SecurityHeaders.api(headers::put);
        headers.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.put(HttpHeader.CONTENT_LENGTH, length);
    }
}
