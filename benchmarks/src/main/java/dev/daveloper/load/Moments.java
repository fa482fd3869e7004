package dev.daveloper.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Durations that many threads record, at most as many as were expected. */
final class Moments {
    private final long[] nanos;
    private final AtomicInteger count = new AtomicInteger();

    Moments(int expected) {
        nanos = new long[expected];
    }

    void add(long duration) {
        int place = count.getAndIncrement();
        if (place < nanos.length) {
            nanos[place] = duration;
        }
    }

    int count() {
        return count.get();
    }

    /** As little-endian numbers of 64 bits. */
    void write(Path file) throws IOException {
        int kept = Math.min(count.get(), nanos.length);
        ByteBuffer bytes = ByteBuffer.allocate(kept * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(nanos, 0, kept);
        Files.write(file, bytes.array());
    }
}
