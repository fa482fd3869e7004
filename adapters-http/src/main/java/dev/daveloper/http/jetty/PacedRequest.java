package dev.daveloper.http.jetty;

import dev.daveloper.http.failures.SlowBody;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body has to come fast enough, on average: only the time counts in which somebody waits for it. A body
 * of n bytes holds its request for the grace and n divided by the rate at most; that nothing at all comes is a matter
 * of the idle time. For one reader at a time.
 */
final class PacedRequest extends Request.Wrapper {
    private final int bytesPerSecond;
    private final long graceNanos;
    private long bytes;
    private long waitedNanos;
    private long waitingSince;
    private boolean waiting;
    private Content.@Nullable Chunk failure;

    /** @param bytesPerSecond 0 for a body that may come as slowly as it likes */
    PacedRequest(Request request, int bytesPerSecond, Duration grace) {
        super(request);
        this.bytesPerSecond = bytesPerSecond;
        this.graceNanos = grace.toNanos();
    }

    @Override
    public void demand(Runnable onContent) {
        waitingSince = System.nanoTime();
        waiting = true;
        super.demand(onContent);
    }

    @Override
    public Content.@Nullable Chunk read() {
        if (failure != null) {
            return failure;
        }
        if (waiting) {
            waitedNanos += System.nanoTime() - waitingSince;
            waiting = false;
        }
        Content.Chunk chunk = super.read();
        if (chunk == null) {
            return null;
        }
        bytes += chunk.remaining();
        if (chunk.isLast() || !isTooSlow()) {
            return chunk;
        }
        chunk.release();
        failure = Content.Chunk.from(new SlowBody(), true);
        return failure;
    }

    private boolean isTooSlow() {
        long judgedNanos = waitedNanos - graceNanos;
        return judgedNanos > 0 && (double) bytes * TimeUnit.SECONDS.toNanos(1) < (double) bytesPerSecond * judgedNanos;
    }
}
