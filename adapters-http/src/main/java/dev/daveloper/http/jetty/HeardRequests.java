package dev.daveloper.http.jetty;

import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.http.RequestListener;
import dev.daveloper.http.failures.RequestIds;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Lets somebody hear of every request and of its end, whoever answers it. */
public final class HeardRequests extends Handler.Wrapper {
    private static final String HEARD = "daveloper.heard";

    private final RequestListener listener;
    private final Tracer tracer;

    HeardRequests(RequestListener listener, Tracer tracer) {
        this.listener = listener;
        this.tracer = tracer;
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
        Heard heard = new Heard(request, response);
        request.setAttribute(HEARD, heard);
        listener.began();
        Request.addCompletionListener(request, heard);
        return super.handle(request, response, callback);
    }

    /** One request on its way. */
    private final class Heard implements Consumer<Throwable> {
        private final long beganAtNanos = System.nanoTime();
        private final Request request;
        private final Response response;
        private volatile String route = RequestListener.UNKNOWN;

        private Heard(Request request, Response response) {
            this.request = request;
            this.response = response;
        }

        @Override
        public void accept(Throwable failure) {
            long nanos = System.nanoTime() - beganAtNanos;
            Optional<Span> sampled =
                    RequestIds.spanOf(request).filter(span -> span.context().sampled());
            if (sampled.isEmpty()) {
                tell(nanos);
            } else {
                // Whoever measures may want to know of which trace this is an example.
                tracer.within(sampled.get(), () -> tell(nanos)).run();
            }
        }

        private void tell(long nanos) {
            listener.answered(request.getMethod(), route, response.getStatus(), nanos);
        }
    }
}
