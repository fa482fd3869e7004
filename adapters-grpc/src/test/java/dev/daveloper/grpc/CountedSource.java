package dev.daveloper.grpc;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A long file that is made while it is read, and counts how much of it was. */
final class CountedSource extends InputStream {
    private final long bytes;
    private final long pauseAt;
    private final CountDownLatch pause;
    private final AtomicLong given = new AtomicLong();

    private CountedSource(long bytes, long pauseAt, CountDownLatch pause) {
        this.bytes = bytes;
        this.pauseAt = pauseAt;
        this.pause = pause;
    }

    static CountedSource of(long bytes) {
        return new CountedSource(bytes, Long.MAX_VALUE, new CountDownLatch(0));
    }

    /** One that gives so much and then waits for this. */
    static CountedSource pausing(long bytes, long pauseAt, CountDownLatch pause) {
        return new CountedSource(bytes, pauseAt, pause);
    }

    /** How much was read. */
    long given() {
        return given.get();
    }

    @Override
    public int read() {
        throw new AssertionError("nobody should read byte by byte");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        long position = given.get();
        if (position >= pauseAt) {
            try {
                pause.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
        if (position >= bytes) {
            return -1;
        }
        int read = (int) Math.min(length, bytes - position);
        for (int i = 0; i < read; i++) {
            target[offset + i] = byteAt(position + i);
        }
        given.set(position + read);
        return read;
    }

    /** Chunks that came in another order, or twice, would be noticed. */
    static byte byteAt(long position) {
        return (byte) (position * 31 + (position >>> 16) * 7);
    }
}
