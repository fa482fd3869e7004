package dev.daveloper.http.jetty;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A response whose receiver has to take what is written, each started 64 KiB of it within the time for one write. */
final class PacedResponse extends Response.Wrapper {
    private static final int BYTES_PER_WRITE = 64 * 1024;

    private final long nanosPerWrite;
    private volatile long until;
    private volatile boolean writing;

    PacedResponse(Request request, Response response, Duration forOneWrite) {
        super(request, response);
        this.nanosPerWrite = forOneWrite.toNanos();
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer bytes, Callback callback) {
        int length = bytes == null ? 0 : bytes.remaining();
        until = System.nanoTime() + nanosPerWrite * (1 + length / BYTES_PER_WRITE);
        writing = true;
        super.write(last, bytes, Callback.from(() -> writing = false, callback));
    }

    /** Gives up when what is under way has used up its time. */
    void look(long now) {
        if (writing && now - until > 0) {
            writing = false;
            Connections.cut(getRequest(), new TimeoutException("a client does not take its answer"));
        }
    }
}
