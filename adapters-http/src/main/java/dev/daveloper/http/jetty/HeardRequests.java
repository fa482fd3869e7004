package dev.daveloper.http.jetty;

import dev.daveloper.http.RequestListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Lets somebody hear of every request and of its end, whoever answers it. */
public final class HeardRequests extends Handler.Wrapper {
    private static final String HEARD = "daveloper.heard";

    private final RequestListener listener;

    HeardRequests(RequestListener listener) {
        this.listener = listener;
    }

    /** Says which route this request has. */
    public static void mark(HttpServletRequest request, String route) {
        if (request.getAttribute(HEARD) instanceof Heard heard) {
            heard.route = route;
        }
    }

    /** The route of this request, or {@link RequestListener#UNKNOWN}. */
    static String routeOf(Request request) {
        return request.getAttribute(HEARD) instanceof Heard heard ? heard.route : RequestListener.UNKNOWN;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Heard heard = new Heard(request.getMethod(), response);
        request.setAttribute(HEARD, heard);
        listener.began();
        Request.addCompletionListener(request, heard);
        return super.handle(request, response, callback);
    }

    /** One request on its way. */
    private final class Heard implements Consumer<Throwable> {
        private final long beganAtNanos = System.nanoTime();
        private final String method;
        private final Response response;
        private volatile String route = RequestListener.UNKNOWN;

        private Heard(String method, Response response) {
            this.method = method;
            this.response = response;
        }

        @Override
        public void accept(Throwable failure) {
            listener.answered(method, route, response.getStatus(), System.nanoTime() - beganAtNanos);
        }
    }
}
