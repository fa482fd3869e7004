package dev.daveloper.http.jetty;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Reads on for a while, and forgets it, what is left of a body after the answer was sent. A connection that is closed
 * with bytes unread is reset, and with it the answer may be lost to a sender that looks for it only when it has sent
 * everything (RFC 9112, section 9.6). It costs no thread. HTTP/2 ends one stream without the others (RFC 9113, section
 * 8.1) and needs none of this.
 */
final class LingeringRequests extends Handler.Wrapper {
    /** What is read at most; behind it the connection is cut. */
    private static final long MAX_BYTES = 16L << 20;

    /** How long is read at most, whether something comes or not. */
    private static final Duration WITHIN = Duration.ofSeconds(5);

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return hasBody(request)
                ? super.handle(new Unhurried(request), response, new Lingering(request, callback))
                : super.handle(request, response, callback);
    }

    private static boolean hasBody(Request request) {
        HttpFields headers = request.getHeaders();
        return (headers.contains(HttpHeader.CONTENT_LENGTH) || headers.contains(HttpHeader.TRANSFER_ENCODING))
                && request.getConnectionMetaData().getHttpVersion().getVersion() < HttpVersion.HTTP_2.getVersion();
    }

    /** A request whose body nobody need read to its end, for it is read here. */
    private static final class Unhurried extends Request.Wrapper {
        private Unhurried(Request request) {
            super(request);
        }

        @Override
        public boolean consumeAvailable() {
            return true;
        }
    }

    /** Completes a request when its body was read, one way or the other. */
    private static final class Lingering extends Callback.Nested {
        private final Request request;
        private final AtomicBoolean over = new AtomicBoolean();
        private Scheduler.@Nullable Task end;
        private long bytesLeft = MAX_BYTES;

        private Lingering(Request request, Callback callback) {
            super(callback);
            this.request = request;
        }

        @Override
        public void succeeded() {
            if (waits()) {
                super.succeeded();
                return;
            }
            readOn();
        }

        /** A sender that waits to be told to go on, which it is not any more. */
        private boolean waits() {
            return request.getHeaders().contains(HttpHeader.EXPECT) && Request.getContentBytesRead(request) == 0;
        }

        private void readOn() {
            while (bytesLeft > 0) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    awaitMore();
                    return;
                }
                bytesLeft -= chunk.remaining();
                chunk.release();
                if (chunk.isLast() || Content.Chunk.isFailure(chunk)) {
                    break;
                }
            }
            if (end != null) {
                end.cancel();
            }
            if (over.compareAndSet(false, true)) {
                super.succeeded();
            } else {
                super.failed(new EofException("read on for long enough"));
            }
        }

        private void awaitMore() {
            if (end == null) {
                end = request.getComponents().getScheduler().schedule(this::cut, WITHIN);
            }
            request.demand(this::readOn);
        }

        /** Whoever waits for the next bytes learns that none will come, and ends the request. */
        private void cut() {
            if (over.compareAndSet(false, true)) {
                request.getConnectionMetaData().getConnection().getEndPoint().close();
            }
        }
    }
}
