package dev.daveloper.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Thousands of answers that take their time, each with a viewer: ready when all have begun, done when all have ended.
 */
final class SlowStreams implements Task {
    private static final int OPENED_AT_ONCE = 64;
    private static final long LOOK_MILLIS = 200;

    private final int port;
    private final int count;
    private final String message;
    private final Moments ages;
    private final Path file;
    private final Together together = new Together();
    private final Semaphore opening = new Semaphore(OPENED_AT_ONCE);
    private final CountDownLatch begun;
    private final AtomicInteger seen = new AtomicInteger();
    private final ConcurrentLinkedQueue<HttpLine> lines = new ConcurrentLinkedQueue<>();

    SlowStreams(int port, int count, String message, Path file) throws Exception {
        this.port = port;
        this.count = count;
        this.message = message;
        this.ages = new Moments(count * Viewers.wordsOf(message));
        this.file = file;
        this.begun = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            int number = i;
            opening.acquire();
            together.start(true, () -> watch(number));
        }
        while (!begun.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (together.hasFailed()) {
                close();
                together.join();
            }
        }
    }

    private void watch(int number) throws IOException {
        boolean[] first = {true};
        try (HttpLine line = new HttpLine(port, number)) {
            lines.add(line);
            line.send(Gateway.chat(Gateway.openSession(line), message, true));
            seen.addAndGet(Words.readStream(line, ages, () -> {
                first[0] = false;
                opening.release();
                begun.countDown();
            }));
        } finally {
            if (first[0]) {
                opening.release();
            }
        }
    }

    @Override
    public int go() throws Exception {
        together.join();
        ages.write(file);
        return Viewers.checked(seen.get(), count * Viewers.wordsOf(message));
    }

    @Override
    public void close() throws IOException {
        for (HttpLine line : List.copyOf(lines)) {
            line.close();
        }
    }
}
