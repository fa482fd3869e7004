package dev.daveloper.embedded.documents.ingestion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.embedded.documents.ExtractedText;
import dev.daveloper.embedded.documents.extraction.Extractor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleConsumer;

/**
 * Reads plain text and JSON. While it is held no reading gets further than its first tenth; a text that begins with
 * {@link #POISON} breaks it.
 */
final class TextReader implements Extractor {
    static final String POISON = "poison";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicBoolean closed = new AtomicBoolean();
    private boolean held;
    private int reading;

    @Override
    public ExtractedText extract(Path file, MediaKind kind, DoubleConsumer progress) throws InterruptedException {
        progress.accept(0.1);
        awaitRelease();
        String text = read(file);
        if (text.isBlank()) {
            throw new DocumentRefused(FailureCode.DOCUMENT_EMPTY, "The document has no text.");
        }
        if (text.startsWith(POISON)) {
            throw new IllegalStateException("poisoned");
        }
        if (kind == MediaKind.JSON) {
            requireJson(text);
        }
        progress.accept(1);
        return new ExtractedText(text, List.of());
    }

    void hold() {
        lock.lock();
        try {
            held = true;
        } finally {
            lock.unlock();
        }
    }

    void release() {
        lock.lock();
        try {
            held = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many documents are held in the middle of being read. */
    int reading() {
        lock.lock();
        try {
            return reading;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return closed.get();
    }

    @Override
    public void close() {
        closed.set(true);
        release();
    }

    private void awaitRelease() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            reading++;
            while (held) {
                changed.await();
            }
        } finally {
            reading--;
            lock.unlock();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireJson(String text) {
        try {
            new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new DocumentRefused(FailureCode.DOCUMENT_UNREADABLE, "The document is damaged.");
        }
    }
}
