package dev.daveloper.http.jetty;

import dev.daveloper.http.requests.ServerTiming;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Lets every response say where its time went, as late as it can still be said: when its head goes out. */
final class TimedRequests extends Handler.Wrapper {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        ServerTiming timing = ServerTiming.begin(request);
        return super.handle(request, new Timed(request, response, timing), callback);
    }

    /** A response whose first write takes the header along. */
    private static final class Timed extends Response.Wrapper {
        private final ServerTiming timing;

        private Timed(Request request, Response response, ServerTiming timing) {
            super(request, response);
            this.timing = timing;
        }

        @Override
        public void write(boolean last, @Nullable ByteBuffer bytes, Callback callback) {
            if (!isCommitted()) {
                timing.tell(getHeaders()::put);
            }
            super.write(last, bytes, callback);
        }
    }
}
