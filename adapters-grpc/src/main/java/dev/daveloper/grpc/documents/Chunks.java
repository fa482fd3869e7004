package dev.daveloper.grpc.documents;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A document's bytes on their way in. The transport puts chunks into it, one thread reads; each chunk that is taken
 * asks the caller for one more, so that no more than {@link #LEAD} are ever asked for and not yet taken.
 */
final class Chunks extends InputStream {
    /** Chunks that may have come and not been taken. */
    static final int LEAD = 2;
    /** How long the caller may send nothing. */
    private static final Duration SILENCE = Duration.ofMinutes(5);

    /** Holds the lead, the end and a failure: what the transport offers always fits. */
    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>(LEAD + 2);

    private final Runnable more;
    private volatile @Nullable String failure;

    // What follows belongs to the reading thread.
    private InputStream chunk = nullInputStream();
    private boolean over;

    /** @param more asks the caller for one more chunk */
    Chunks(Runnable more) {
        this.more = more;
    }

    /** Another chunk; dropped when nobody reads any more. */
    void add(ByteString bytes) {
        offer(bytes);
    }

    /** The document is whole. */
    void end() {
        offer(Marker.END);
    }

    /** The document will never be whole: reading it throws from now on. */
    void fail(String why) {
        if (failure == null) {
            failure = why;
            offer(Marker.FAILED);
        }
    }

    private void offer(Object arrival) {
        if (!arrived.offer(arrival) && failure == null) {
            throw new IllegalStateException("more chunks came than were asked for");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        while (true) {
            requireWhole();
            int read = chunk.read(target, offset, length);
            if (read >= 0 || over) {
                return read;
            }
            take();
        }
    }

    private void take() throws IOException {
        try {
            Object arrival = arrived.poll(SILENCE.toNanos(), TimeUnit.NANOSECONDS);
            if (arrival == null) {
                throw new IOException("nothing came for " + SILENCE.toMinutes() + " minutes");
            }
            if (arrival instanceof ByteString bytes) {
                chunk = bytes.newInput();
                more.run();
            } else if (arrival == Marker.END) {
                over = true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the next chunk");
        }
    }

    private void requireWhole() throws IOException {
        String why = failure;
        if (why != null) {
            throw new IOException(why);
        }
    }

    private enum Marker {
        END,
        FAILED
    }
}
