package dev.daveloper.embedded.documents.extraction;

import dev.daveloper.domain.failures.InvalidValue;
import java.time.Duration;

/**
 * What reading a document may cost.
 *
 * @param workers how many documents are read at once, 1 to {@value #MAX_WORKERS}; each has a process of its own
 * @param maxHeapBytes the heap of each process, {@value #MIN_HEAP_BYTES} or more
 * @param timeLimit how long one document may take, without the waiting for a worker
 * @param idleTime how long a process that has nothing to read is kept
 * @param documentsPerProcess after how many documents a process is replaced, 1 or more
 * @param maxTextChars the most text that is taken out of a document, in UTF-16 code units of Markdown, 1 or more
 * @param maxUnpackedBytes the most that an archive's parts may have together when unpacked, 1 or more
 * @param maxRatio how many times larger than packed a part of an archive may be, beyond its first MiB, 1 or more
 * @param maxEntries how many parts an archive may have, 1 or more
 */
public record ExtractionConfig(
        int workers,
        long maxHeapBytes,
        Duration timeLimit,
        Duration idleTime,
        int documentsPerProcess,
        int maxTextChars,
        long maxUnpackedBytes,
        int maxRatio,
        int maxEntries) {
    public static final int MAX_WORKERS = 64;
    public static final long MIN_HEAP_BYTES = 32L << 20;

    private static final int DEFAULT_WORKERS = 2;
    private static final long DEFAULT_MAX_HEAP_BYTES = 192L << 20;
    private static final Duration DEFAULT_TIME_LIMIT = Duration.ofMinutes(2);
    private static final Duration DEFAULT_IDLE_TIME = Duration.ofSeconds(60);
    private static final int DEFAULT_DOCUMENTS_PER_PROCESS = 200;
    private static final int DEFAULT_MAX_TEXT_CHARS = 10_000_000;
    private static final long DEFAULT_MAX_UNPACKED_BYTES = 256L << 20;
    private static final int DEFAULT_MAX_RATIO = 100;
    private static final int DEFAULT_MAX_ENTRIES = 10_000;

    public ExtractionConfig {
        require("workers", workers, 1, MAX_WORKERS);
        require("max heap bytes", maxHeapBytes, MIN_HEAP_BYTES, Long.MAX_VALUE);
        require("time limit", timeLimit);
        require("idle time", idleTime);
        require("documents per process", documentsPerProcess, 1, Integer.MAX_VALUE);
        require("max text chars", maxTextChars, 1, Integer.MAX_VALUE);
        require("max unpacked bytes", maxUnpackedBytes, 1, Long.MAX_VALUE);
        require("max ratio", maxRatio, 1, Integer.MAX_VALUE);
        require("max entries", maxEntries, 1, Integer.MAX_VALUE);
    }

    /** The bounds that suit most. */
    public static ExtractionConfig defaults() {
        return new ExtractionConfig(
                DEFAULT_WORKERS,
                DEFAULT_MAX_HEAP_BYTES,
                DEFAULT_TIME_LIMIT,
                DEFAULT_IDLE_TIME,
                DEFAULT_DOCUMENTS_PER_PROCESS,
                DEFAULT_MAX_TEXT_CHARS,
                DEFAULT_MAX_UNPACKED_BYTES,
                DEFAULT_MAX_RATIO,
                DEFAULT_MAX_ENTRIES);
    }

    ReadingBounds bounds() {
        return new ReadingBounds(maxTextChars, maxUnpackedBytes, maxRatio, maxEntries);
    }

    private static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new InvalidValue(name, Long.toString(value), "from " + min + " to " + max);
        }
    }

    private static void require(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new InvalidValue(name, value.toString(), "longer than zero");
        }
    }
}
