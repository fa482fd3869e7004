package dev.daveloper.http.jetty;

import dev.daveloper.http.failures.Occasion;
import dev.daveloper.http.failures.Problem;
import dev.daveloper.http.failures.ProblemType;
import dev.daveloper.http.failures.Problems;
import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.failures.RequestIds;
import dev.daveloper.http.failures.TransportFailure;
import dev.daveloper.http.requests.JsonCodec;
import dev.daveloper.http.security.SecurityHeaders;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
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
        RequestIds ids = RequestIds.of(request, ForwardedRequests.isFromProxy(request));
        ProblemType type = typeOf(code);
        byte[] body = problem(type, ids.traceId());
        response.setStatus(type.status());
        writeHeaders(headers, body.length);
        ids.on(headers::put);
        if (request.isSecure()) {
            SecurityHeaders.secure(headers::put);
        }
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** The server asks for an upgrade only of those who speak another version without having agreed on it. */
    private static ProblemType typeOf(int code) {
        return code == HttpStatus.UPGRADE_REQUIRED_426
                ? TransportFailure.VERSION_NOT_SUPPORTED.type()
                : TransportFailure.ofStatus(code);
    }

    private byte[] problem(ProblemType type, String traceId) {
        Refusal refusal = new Refusal(type, type.meaning(), Map.of());
        Problem problem = problems.tell(refusal, Occasion.ofServer(traceId)).problem();
        return json.bytes(problem);
    }

    private static void writeHeaders(HttpFields.Mutable headers, int length) {
        SecurityHeaders.api(headers::put);
        headers.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.put(HttpHeader.CONTENT_LENGTH, length);
    }
}
