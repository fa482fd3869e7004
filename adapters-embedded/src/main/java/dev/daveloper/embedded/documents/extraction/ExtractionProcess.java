package dev.daveloper.embedded.documents.extraction;

import dev.daveloper.embedded.documents.ExtractedText;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The parent's side of a process that reads documents. Used by one thread at a time; {@link #close} may be called from
 * any.
 */
final class ExtractionProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(5);

    /** How many frames wait for the caller; then the child waits. */
    private static final int MAX_WAITING_FRAMES = 4;

    private static final int BUFFER_BYTES = 1 << 16;

    /** What {@code -XX:+ExitOnOutOfMemoryError} ends with. */
    private static final int OUT_OF_MEMORY_EXIT = 3;

    /** Stands for the end of the child's output. */
    private static final Frame END = new Frame(Frame.Type.END, new byte[0]);

    private final Process process;
    private final DataOutputStream requests;
    private final BlockingQueue<Frame> frames = new ArrayBlockingQueue<>(MAX_WAITING_FRAMES);
    private final Thread listener;
    private boolean greeted;
    private boolean reusable = true;
    private int documents;

    ExtractionProcess(ExtractionConfig config) throws IOException {
        process = ChildCommand.of(config).start();
        requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), BUFFER_BYTES));
        listener =
                Thread.ofPlatform().daemon().name("extraction-" + process.pid()).start(this::listen);
    }

    private void listen() {
        try {
            try (DataInputStream in =
                    new DataInputStream(new BufferedInputStream(process.getInputStream(), BUFFER_BYTES))) {
                while (true) {
                    frames.put(Frame.readFrom(in));
                }
            } catch (IOException ended) {
                frames.put(END);
            }
        } catch (InterruptedException closed) {
            // Nobody takes the frames any more.
        }
    }

    /**
     * Has a document read.
     *
     * @throws dev.daveloper.domain.failures.DocumentRefused as told by the child, or when it took too long
     * @throws ChildLost when the child ended over it; it is of no more use then
     * @throws InterruptedException when the caller was; the child is of no more use then
     */
    ExtractedText read(Frames.Request request, Duration timeLimit, DoubleConsumer progress)
            throws ChildLost, InterruptedException {
        reusable = false;
        documents++;
        if (!greeted) {
            awaitHello();
        }
        try {
            Frames.request(request).writeTo(requests);
            requests.flush();
        } catch (IOException gone) {
            throw lost(ChildLost.Why.CRASHED);
        }
        try {
            return answer(request, timeLimit, progress);
        } catch (IOException | BufferUnderflowException | IllegalArgumentException nonsense) {
            throw new ChildLost(ChildLost.Why.CRASHED, "it answered with " + nonsense.getMessage());
        }
    }

    private void awaitHello() throws ChildLost, InterruptedException {
        Frame first = frames.poll(START_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        if (first == null || first.type() != Frame.Type.HELLO) {
            throw lost(ChildLost.Why.NOT_STARTED);
        }
        greeted = true;
    }

    private ExtractedText answer(Frames.Request request, Duration timeLimit, DoubleConsumer progress)
            throws IOException, ChildLost, InterruptedException {
        long deadline = System.nanoTime() + timeLimit.toNanos();
        ResultAssembly result = null;
        while (true) {
            Frame frame = frames.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (frame == null) {
                throw Refusals.tooSlow(timeLimit);
            }
            switch (frame.type()) {
                case PROGRESS -> progress.accept(Math.clamp(Frames.progressIn(frame), 0, 1));
                case RESULT ->
                    result = new ResultAssembly(frame, request.bounds().maxTextChars());
                case TEXT -> begun(result).text(frame);
                case PAGES -> begun(result).pages(frame);
                case DONE -> {
                    ExtractedText text = begun(result).done();
                    reusable = true;
                    return text;
                }
                case REFUSED -> {
                    var refusal = Frames.refusalIn(frame);
                    reusable = true;
                    throw refusal;
                }
                case END -> throw lost(ChildLost.Why.CRASHED);
                case HELLO, REQUEST -> throw new IOException("a frame " + frame.type());
            }
        }
    }

    private static ResultAssembly begun(@Nullable ResultAssembly result) throws IOException {
        if (result == null) {
            throw new IOException("a part of a result that was not begun");
        }
        return result;
    }

    private ChildLost lost(ChildLost.Why otherwise) throws InterruptedException {
        if (!process.waitFor(EXIT_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
            return new ChildLost(otherwise, "it fell silent");
        }
        int exit = process.exitValue();
        return new ChildLost(
                exit == OUT_OF_MEMORY_EXIT ? ChildLost.Why.OUT_OF_MEMORY : otherwise,
                "it ended with exit code " + exit);
    }

    /** Whether it can read another document. */
    boolean isReusable() {
        return reusable && process.isAlive();
    }

    int documents() {
        return documents;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Ends it at once, with what it reads. Idempotent. */
    @Override
    public void close() {
        process.destroyForcibly();
        listener.interrupt();
        // The listener may have been stopped before it could tell the end.
        frames.clear();
        boolean told = frames.offer(END);
        assert told : "an interrupted listener puts one frame at most";
    }
}
