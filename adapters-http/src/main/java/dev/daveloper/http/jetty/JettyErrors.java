package dev.daveloper.http.jetty;

import dev.daveloper.http.failures.Occasion;
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
    private final Problems problems;

    public JettyErrors(JsonCodec json, Problems problems) {
        this.json = json;
        this.problems = problems;
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
        byte[] body = problem(code, request.getHeaders().get("traceparent"));
        response.setStatus(code);
        writeHeaders(headers, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private byte[] problem(int status, @Nullable String traceparent) {
        ProblemType type = TransportFailure.ofStatus(status);
        Refusal refusal = new Refusal(type, type.meaning(), Map.of());
        Problem problem = problems.tell(refusal, Occasion.ofServer(TraceIds.from(traceparent)))
                .problem();
        return json.bytes(problem);
    }

    private static void writeHeaders(HttpFields.Mutable headers, int length) {
        SecurityHeaders.api(headers::put);
        headers.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.put(HttpHeader.CONTENT_LENGTH, length);
    }
}
