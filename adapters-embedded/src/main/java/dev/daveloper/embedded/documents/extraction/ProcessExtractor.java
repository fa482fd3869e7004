package dev.daveloper.embedded.documents.extraction;

import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.failures.DocumentsFailed;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.embedded.documents.ExtractedText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads each document in a process of its own, so that one which makes a parser loop, run out of memory or crash costs
 * itself and nobody else. Processes are kept for further documents and ended when they are idle.
 */
public final class ProcessExtractor implements Extractor {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessExtractor.class);

    /** A process that crashed may have been old or ended by somebody; the second time it is the document. */
    private static final int TRIES = 2;

    private final ExtractionConfig config;
    private final Semaphore workers;
    private final ScheduledExecutorService caretaker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Idle> idle = new ArrayDeque<>();
    private final Set<ExtractionProcess> all = new HashSet<>();
    private boolean closed;

    private record Idle(ExtractionProcess process, long since) {}

    private ProcessExtractor(ExtractionConfig config) {
        this.config = config;
        this.workers = new Semaphore(config.workers(), true);
        this.caretaker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("extraction-idle").factory());
    }

    /**
     * Reads in processes of their own; within this one where there is no {@code java} to start them with. None is
     * started before it is needed.
     */
    public static Extractor open(ExtractionConfig config) {
        if (ChildCommand.java().isEmpty()) {
            LOG.warn("Documents are read within this process: there is no java to start another with.");
            return new InProcessExtractor(config);
        }
        return new ProcessExtractor(config);
    }

    @Override
    public ExtractedText extract(Path file, MediaKind kind, DoubleConsumer progress) throws InterruptedException {
        Frames.Request request = new Frames.Request(file, kind, config.bounds());
        workers.acquire();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return read(request, progress);
                } catch (ChildLost lost) {
                    refuseUnlessAnotherTryMayHelp(lost, kind, attempt);
                }
            }
        } finally {
            workers.release();
        }
    }

    private ExtractedText read(Frames.Request request, DoubleConsumer progress) throws ChildLost, InterruptedException {
        ExtractionProcess process = take();
        try {
            return process.read(request, config.timeLimit(), progress);
        } finally {
            giveBack(process);
        }
    }

    private void refuseUnlessAnotherTryMayHelp(ChildLost lost, MediaKind kind, int attempt) {
        if (isClosed()) {
            throw new DocumentsUnavailable();
        }
        LOG.warn("A process that read a document of the kind {} was lost: {}.", kind.wireName(), lost.getMessage());
        if (lost.why() == ChildLost.Why.OUT_OF_MEMORY) {
            throw Refusals.tooMuchMemory();
        }
        if (attempt == TRIES) {
            throw lost.why() == ChildLost.Why.NOT_STARTED ? new DocumentsFailed(lost) : Refusals.damaged();
        }
    }

    private ExtractionProcess take() {
        lock.lock();
        try {
            if (closed) {
                throw new DocumentsUnavailable();
            }
            while (!idle.isEmpty()) {
                ExtractionProcess process = idle.removeLast().process();
                if (process.isReusable()) {
                    return process;
                }
                end(process);
            }
            ExtractionProcess started = new ExtractionProcess(config);
            all.add(started);
            return started;
        } catch (IOException noProcess) {
            throw new DocumentsFailed(noProcess);
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(ExtractionProcess process) {
        lock.lock();
        try {
            if (closed || !process.isReusable() || process.documents() >= config.documentsPerProcess()) {
                end(process);
                return;
            }
            idle.addLast(new Idle(process, System.nanoTime()));
            // It ends with the caretaker, so the handle to end it alone is not needed.
            var unused = caretaker.schedule(this::endIdle, config.idleTime().toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            lock.unlock();
        }
    }

    private void endIdle() {
        lock.lock();
        try {
            long now = System.nanoTime();
            while (!idle.isEmpty()
                    && now - idle.getFirst().since() >= config.idleTime().toNanos()) {
                end(idle.removeFirst().process());
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(ExtractionProcess process) {
        all.remove(process);
        process.close();
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** The processes that there are now. */
    Stream<ProcessHandle> processes() {
        lock.lock();
        try {
            return all.stream().map(ExtractionProcess::handle).toList().stream();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            all.forEach(ExtractionProcess::close);
            idle.clear();
        } finally {
            lock.unlock();
        }
        caretaker.shutdownNow();
    }
}
