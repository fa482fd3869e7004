package dev.daveloper.http.documents;

import dev.daveloper.http.failures.Problem;
import dev.daveloper.http.requests.Accept;
import dev.daveloper.http.requests.JsonCodec;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Answers uploads, also those that are still being sent: such a sender is answered at once, its connection is closed in
 * this direction, and in the other one read for a while longer. A connection that is closed with bytes unread is reset,
 * and the answer may be lost with it (RFC 9112, section 9.6).
 */
final class UploadAnswers {
    private final JsonCodec json;

    UploadAnswers(JsonCodec json) {
        this.json = json;
    }

    /** @param early whether the upload was not read to its end */
    void send(Context ctx, UploadBody body, Outcomes.Answer answer, boolean early) throws IOException {
        HttpServletResponse response = ctx.res();
        byte[] bytes = json.bytes(answer.body());
        boolean unread = early && !body.isEnded();
        answer.headers().forEach(response::setHeader);
        if (unread) {
            response.setHeader("Connection", "close");
        }
        response.setStatus(answer.status());
        response.setContentType(answer.problem() ? Problem.MEDIA_TYPE : Accept.JSON);
        response.setContentLength(bytes.length);
        OutputStream out = response.getOutputStream();
        out.write(bytes);
        out.flush();
        if (unread) {
            body.linger();
        }
    }
}
