package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.embedded.Durability;
import dev.daveloper.embedded.EmbeddedStoresConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How the embedded documents are kept and ingested.
 *
 * @param directory where; made when it is not there, and owned by one process at a time. Empty keeps the lists and the
 *     index in memory and the files in a temporary directory, for as long as the documents are open
 * @param clock what jobs are dated and forgotten by
 * @param durability what an accepted document is safe from; of no meaning in memory
 * @param workers how many documents are ingested at once, 1 to {@value #MAX_WORKERS}
 * @param maxWaiting how many documents may wait to be ingested, 1 to {@value #MAX_WAITING}
 * @param rememberEnded how long failed and cancelled jobs are remembered after their end
 * @param answerWithin how long a caller waits for the database, see {@link EmbeddedStoresConfig}
 * @param closeWithin how long closing waits for the workers, and then for the database
 */
public record EmbeddedDocumentsConfig(
        Optional<Path> directory,
        InstantSource clock,
        Durability durability,
        int workers,
        int maxWaiting,
        Duration rememberEnded,
        Duration answerWithin,
        Duration closeWithin) {
    public static final int MAX_WORKERS = 16;
    public static final int MAX_WAITING = 100_000;

    private static final int DEFAULT_MAX_WAITING = 2_000;
    private static final Duration DEFAULT_REMEMBER_ENDED = Duration.ofHours(24);
    private static final Duration DEFAULT_ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final Duration DEFAULT_CLOSE_WITHIN = Duration.ofSeconds(10);

    public EmbeddedDocumentsConfig {
        require("workers", workers, MAX_WORKERS);
        require("max waiting", maxWaiting, MAX_WAITING);
        require("remember ended", rememberEnded);
        require("answer within", answerWithin);
        require("close within", closeWithin);
    }

    /** Kept in this directory, with the bounds that suit most. */
    public static EmbeddedDocumentsConfig in(Path directory, InstantSource clock) {
        return defaults(Optional.of(directory), clock);
    }

    /** Kept for as long as it is open, with the bounds that suit most. */
    public static EmbeddedDocumentsConfig inMemory(InstantSource clock) {
        return defaults(Optional.empty(), clock);
    }

    /** The same with other numbers of workers and of documents that may wait. */
    public EmbeddedDocumentsConfig with(int otherWorkers, int otherMaxWaiting) {
        return new EmbeddedDocumentsConfig(
                directory, clock, durability, otherWorkers, otherMaxWaiting, rememberEnded, answerWithin, closeWithin);
    }

    /** One worker where there are up to two processors, so that answers are not kept waiting; else two. */
    static int workersFor(int processors) {
        return processors <= 2 ? 1 : 2;
    }

    EmbeddedStoresConfig database() {
        EmbeddedStoresConfig defaults = EmbeddedStoresConfig.inMemory(clock);
        return new EmbeddedStoresConfig(
                directory,
                clock,
                durability,
                defaults.readerThreads(),
                defaults.queuedWrites(),
                defaults.queuedReads(),
                defaults.writesPerCommit(),
                answerWithin,
                closeWithin,
                defaults.contentKeys());
    }

    private static EmbeddedDocumentsConfig defaults(Optional<Path> directory, InstantSource clock) {
        return new EmbeddedDocumentsConfig(
                directory,
                clock,
                Durability.PROCESS_DEATH,
                workersFor(Runtime.getRuntime().availableProcessors()),
                DEFAULT_MAX_WAITING,
                DEFAULT_REMEMBER_ENDED,
                DEFAULT_ANSWER_WITHIN,
                DEFAULT_CLOSE_WITHIN);
    }

    private static void require(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new InvalidValue(name, Integer.toString(value), "from 1 to " + max);
        }
    }

    private static void require(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new InvalidValue(name, value.toString(), "longer than zero");
        }
    }
}
