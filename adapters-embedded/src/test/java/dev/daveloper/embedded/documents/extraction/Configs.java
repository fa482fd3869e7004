package dev.daveloper.embedded.documents.extraction;

import java.time.Duration;

/** Configurations that differ from the defaults in what a test is about. */
final class Configs {
    private static final ExtractionConfig DEFAULTS = ExtractionConfig.defaults();

    private Configs() {}

    static ExtractionConfig within(Duration timeLimit) {
        return of(DEFAULTS.workers(), timeLimit, DEFAULTS.idleTime(), DEFAULTS.documentsPerProcess());
    }

    static ExtractionConfig heap(long maxHeapBytes) {
        return new ExtractionConfig(
                1,
                maxHeapBytes,
                DEFAULTS.timeLimit(),
                DEFAULTS.idleTime(),
                DEFAULTS.documentsPerProcess(),
                DEFAULTS.maxTextChars(),
                DEFAULTS.maxUnpackedBytes(),
                DEFAULTS.maxRatio(),
                DEFAULTS.maxEntries());
    }

    static ExtractionConfig of(int workers, Duration timeLimit, Duration idleTime, int documentsPerProcess) {
        return new ExtractionConfig(
                workers,
                DEFAULTS.maxHeapBytes(),
                timeLimit,
                idleTime,
                documentsPerProcess,
                DEFAULTS.maxTextChars(),
                DEFAULTS.maxUnpackedBytes(),
                DEFAULTS.maxRatio(),
                DEFAULTS.maxEntries());
    }
}
