package dev.daveloper.http.jetty;

import dev.daveloper.http.HttpConfig;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Lets requests be handled only for as long as their sender keeps pace. */
final class PacedRequests extends Handler.Wrapper {
    private final HttpConfig config;
    private final SlowClients slow;

    PacedRequests(HttpConfig config, SlowClients slow) {
        this.config = config;
        this.slow = slow;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        PacedRequest paced = new PacedRequest(
                request,
                config.limits().minUploadBytesPerSecond(),
                config.times().uploadGrace());
        PacedResponse answer = new PacedResponse(paced, response, config.times().sendStuck());
        slow.handling(request, answer);
        return super.handle(paced, answer, callback);
    }
}
