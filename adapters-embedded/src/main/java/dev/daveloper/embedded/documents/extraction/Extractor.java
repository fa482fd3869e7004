package dev.daveloper.embedded.documents.extraction;

import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.embedded.documents.ExtractedText;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;

/** Takes the text out of a file. Safe for use by many threads. */
public interface Extractor extends AutoCloseable {
    /**
     * Reads the file within the bounds of time, memory and unpacked bytes that it was made with.
     *
     * @param progress told how much is done, from 0 to 1, as far as that can be known; cheap
     * @throws dev.daveloper.domain.failures.DocumentRefused when the file is damaged, encrypted, not of this kind, has
     *     no text, or would need too much
     * @throws InterruptedException when the reading was given up; nothing of it goes on
     */
    ExtractedText extract(Path file, MediaKind kind, DoubleConsumer progress) throws InterruptedException;

    /** Ends everything that is being read and every process that reads. Idempotent. */
    @Override
    void close();
}
