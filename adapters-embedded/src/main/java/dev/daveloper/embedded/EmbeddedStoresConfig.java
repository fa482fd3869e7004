package dev.daveloper.embedded;

import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.failures.InvalidValue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How the embedded stores are kept.
 *
 * @param directory where; made when it is not there, and owned by one process at a time. Empty keeps all in memory, for
 *     as long as the stores are open
 * @param clock what leases, idempotency keys and expiry are measured by
 * @param durability what an answered write is safe from; of no meaning in memory
 * @param readerThreads 1 to {@value #MAX_READER_THREADS}; in memory all work is the writer's
 * @param queuedWrites how many writes may wait, 1 or more
 * @param queuedReads how many reads may wait, 1 or more
 * @param writesPerCommit how many waiting writes share a transaction at most, 1 or more
 * @param answerWithin how long a caller waits for its turn, and then again for its work to be done, before the store
 *     counts as unavailable
 * @param closeWithin how long closing waits for the work that is queued
 * @param contentKeys what texts of messages are encrypted with
 */
public record EmbeddedStoresConfig(
        Optional<Path> directory,
        InstantSource clock,
        Durability durability,
        int readerThreads,
        int queuedWrites,
        int queuedReads,
        int writesPerCommit,
        Duration answerWithin,
        Duration closeWithin,
        ContentKeys contentKeys) {
    public static final int MAX_READER_THREADS = 16;

    private static final int DEFAULT_READER_THREADS = 2;
    private static final int DEFAULT_QUEUED_WRITES = 2048;
    private static final int DEFAULT_QUEUED_READS = 1024;
    private static final int DEFAULT_WRITES_PER_COMMIT = 256;
    private static final Duration DEFAULT_ANSWER_WITHIN = Duration.ofSeconds(3);
    private static final Duration DEFAULT_CLOSE_WITHIN = Duration.ofSeconds(10);

    public EmbeddedStoresConfig {
        require("reader threads", readerThreads, MAX_READER_THREADS);
        require("queued writes", queuedWrites, Integer.MAX_VALUE);
        require("queued reads", queuedReads, Integer.MAX_VALUE);
        require("writes per commit", writesPerCommit, Integer.MAX_VALUE);
        require("answer within", answerWithin);
        require("close within", closeWithin);
    }

    /** Kept in this directory, with the bounds that suit most. */
    public static EmbeddedStoresConfig in(Path directory, InstantSource clock) {
        return defaults(Optional.of(directory), clock);
    }

    /** Kept in memory, with the bounds that suit most. */
    public static EmbeddedStoresConfig inMemory(InstantSource clock) {
        return defaults(Optional.empty(), clock);
    }

    /** The same with another durability. */
    public EmbeddedStoresConfig with(Durability other) {
        return new EmbeddedStoresConfig(
                directory,
                clock,
                other,
                readerThreads,
                queuedWrites,
                queuedReads,
                writesPerCommit,
                answerWithin,
                closeWithin,
                contentKeys);
    }

    /** The same with other keys. */
    public EmbeddedStoresConfig with(ContentKeys other) {
        return new EmbeddedStoresConfig(
                directory,
                clock,
                durability,
                readerThreads,
                queuedWrites,
                queuedReads,
                writesPerCommit,
                answerWithin,
                closeWithin,
                other);
    }

    private static EmbeddedStoresConfig defaults(Optional<Path> directory, InstantSource clock) {
        return new EmbeddedStoresConfig(
                directory,
                clock,
                Durability.PROCESS_DEATH,
                DEFAULT_READER_THREADS,
                DEFAULT_QUEUED_WRITES,
                DEFAULT_QUEUED_READS,
                DEFAULT_WRITES_PER_COMMIT,
                DEFAULT_ANSWER_WITHIN,
                DEFAULT_CLOSE_WITHIN,
                ContentKeys.NONE);
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
