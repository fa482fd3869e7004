package dev.daveloper.bootstrap.config;

import dev.daveloper.embedded.documents.extraction.ExtractionConfig;
import dev.daveloper.embedded.documents.ingestion.EmbeddedDocumentsConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** How documents are ingested by this program. */
final class EmbeddedDocumentKeys {
    private static final String DIRECTORY = "documents";

    static final Setting<Integer> WORKERS = Setting.of(
            "documents.workers",
            Kinds.wholeNumber(0, EmbeddedDocumentsConfig.MAX_WORKERS),
            "0",
            "Documents ingested at once, each read by a process of its own; 0 takes one on up to two processors, else"
                    + " two.");
    static final Setting<Integer> MAX_WAITING = Setting.of(
            "documents.max-waiting",
            Kinds.wholeNumber(1, EmbeddedDocumentsConfig.MAX_WAITING),
            "2000",
            "Documents that may wait to be ingested; more uploads are refused.");
    static final Setting<Duration> REMEMBER_ENDED = Setting.of(
            "documents.remember-ended",
            Kinds.duration(Duration.ofMinutes(1), Duration.ofDays(365)),
            "24h",
            "Time for which failed and cancelled ingestions are listed.");
    static final Setting<Long> READING_HEAP = Setting.of(
            "documents.reading.max-heap",
            Kinds.volume(ExtractionConfig.MIN_HEAP_BYTES, 1L << 35),
            "192MiB",
            "Heap of a process that reads documents; one that needs more is refused.");
    static final Setting<Duration> READING_TIME = Setting.of(
            "documents.reading.time-limit",
            Kinds.duration(Duration.ofSeconds(1), Duration.ofHours(6)),
            "2m",
            "Longest time for reading one document.");
    static final Setting<Duration> READING_IDLE = Setting.of(
            "documents.reading.idle-time",
            Kinds.duration(Duration.ofSeconds(1), Duration.ofHours(6)),
            "60s",
            "Time for which a process that has nothing to read is kept.");
    static final Setting<Long> READING_UNPACKED = Setting.of(
            "documents.reading.max-unpacked",
            Kinds.volume(1 << 20, 1L << 35),
            "256MiB",
            "What the parts of one document may have when unpacked.");
    static final Setting<Integer> READING_CHARS = Setting.of(
            "documents.reading.max-chars",
            Kinds.wholeNumber(1_000, 100_000_000),
            "10000000",
            "Characters of text that one document may have.");

    static final List<Setting<?>> SETTINGS = List.of(
            WORKERS,
            MAX_WAITING,
            REMEMBER_ENDED,
            READING_HEAP,
            READING_TIME,
            READING_IDLE,
            READING_UNPACKED,
            READING_CHARS);

    private EmbeddedDocumentKeys() {}

    static DocumentsChoice.Embedded bind(Values values, InstantSource clock) {
        EmbeddedDocumentsConfig usual = values.get(DataKeys.DIR)
                .map(dir -> EmbeddedDocumentsConfig.in(dir.resolve(DIRECTORY), clock))
                .orElseGet(() -> EmbeddedDocumentsConfig.inMemory(clock));
        int workers = values.get(WORKERS) == 0 ? usual.workers() : values.get(WORKERS);
        return new DocumentsChoice.Embedded(
                new EmbeddedDocumentsConfig(
                        usual.directory(),
                        clock,
                        values.get(DataKeys.DURABILITY),
                        workers,
                        values.get(MAX_WAITING),
                        values.get(REMEMBER_ENDED),
                        usual.answerWithin(),
                        usual.closeWithin()),
                extraction(values, workers));
    }

    private static ExtractionConfig extraction(Values values, int workers) {
        ExtractionConfig usual = ExtractionConfig.defaults();
        return new ExtractionConfig(
                workers,
                values.get(READING_HEAP),
                values.get(READING_TIME),
                values.get(READING_IDLE),
                usual.documentsPerProcess(),
                values.get(READING_CHARS),
                values.get(READING_UNPACKED),
                usual.maxRatio(),
                usual.maxEntries());
    }
}
