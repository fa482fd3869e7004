package dev.daveloper.embedded.documents.extraction;

import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.failures.DocumentsFailed;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.embedded.documents.ExtractedText;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleConsumer;

/**
 * Reads documents within this process, where no other can be started: with the same bounds but for the heap, which is
 * everybody's. A parser that loops without noticing its interruption keeps its thread and its place among the workers.
 */
final class InProcessExtractor implements Extractor {
    /** Deeply nested documents end in a refusal rather than where the caller's stack does. */
    private static final long STACK_BYTES = 2L << 20;

    private final ExtractionConfig config;
    private final Semaphore workers;
    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    InProcessExtractor(ExtractionConfig config) {
        this.config = config;
        this.workers = new Semaphore(config.workers(), true);
    }

    @Override
    public ExtractedText extract(Path file, MediaKind kind, DoubleConsumer progress) throws InterruptedException {
        workers.acquire();
        FutureTask<ExtractedText> reading =
                new FutureTask<>(() -> DocumentReader.read(file, kind, config.bounds(), progress));
        Thread reader = new Thread(null, () -> run(reading), "extraction", STACK_BYTES);
        reader.setDaemon(true);
        readers.add(reader);
        reader.start();
        try {
            if (closed) {
                throw new DocumentsUnavailable();
            }
            return reading.get(config.timeLimit().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            throw Refusals.tooSlow(config.timeLimit());
        } catch (ExecutionException failed) {
            throw told(failed.getCause());
        } finally {
            if (!reading.isDone()) {
                reader.interrupt();
            }
        }
    }

    private void run(FutureTask<ExtractedText> reading) {
        try {
            reading.run();
        } finally {
            readers.remove(Thread.currentThread());
            workers.release();
        }
    }

    private RuntimeException told(@org.jspecify.annotations.Nullable Throwable cause) {
        if (cause instanceof GivenUp) {
            return new DocumentsUnavailable();
        }
        if (cause instanceof OutOfMemoryError) {
            return Refusals.tooMuchMemory();
        }
        return cause instanceof RuntimeException told
                ? told
                : new DocumentsFailed(new IllegalStateException("the reading ended in an error", cause));
    }

    @Override
    public void close() {
        closed = true;
        readers.forEach(Thread::interrupt);
    }
}
