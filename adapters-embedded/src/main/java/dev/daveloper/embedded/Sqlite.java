package dev.daveloper.embedded;

import dev.daveloper.domain.failures.StoreUnavailable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The database and the threads that work on it: one that writes, and in a directory some that read. Calls into SQLite
 * are native and hold on to the thread that makes them, so they are made on these platform threads only; callers, which
 * are mostly virtual threads, wait.
 *
 * <p>Callers wait interruptibly and within the configured bound, first for their turn and then for the work. Who is
 * interrupted, or out of patience, before its turn has come withdraws: nothing is changed, {@link StoreUnavailable} is
 * thrown, and an interrupted thread stays interrupted. When the work has begun its outcome is waited for and told, so
 * that nobody takes for failed what was done.
 *
 * <p>In memory there is one connection, and reads are done by the writer, in turn.
 */
public final class Sqlite implements AutoCloseable {
    private final EmbeddedStoresConfig config;
    private final Optional<DataDirectory> directory;
    private final Lane writes;
    private final Lane reads;
    private final Commits commits = new Commits();

    private Sqlite(
            EmbeddedStoresConfig config,
            Schema schema,
            Optional<DataDirectory> directory,
            List<SqliteConnection> connections) {
        this.config = config;
        this.directory = directory;
        this.writes = new Lane(
                schema.threads() + "-writer",
                new Inbox(config.queuedWrites()),
                config.answerWithin(),
                connections.subList(0, 1),
                (connection, inbox) -> new Writer(connection, inbox, config.writesPerCommit(), commits));
        this.reads = connections.size() == 1
                ? writes
                : new Lane(
                        schema.threads() + "-reader",
                        new Inbox(config.queuedReads()),
                        config.answerWithin(),
                        connections.subList(1, connections.size()),
                        Reader::new);
    }

    /**
     * Opens the database in its directory, or one in memory, and brings it up to date.
     *
     * @throws UnusableDataDirectory when there is something amiss with the directory or the database in it
     */
    public static Sqlite open(EmbeddedStoresConfig config, Schema schema) {
        Optional<DataDirectory> directory = config.directory().map(DataDirectory::own);
        List<SqliteConnection> opened = new ArrayList<>();
        try {
            if (directory.isPresent()) {
                connect(directory.get(), config, schema, opened);
            } else {
                opened.add(SqliteConnection.inMemory());
                Migrations.of(schema).applyTo(opened.getFirst());
            }
            return new Sqlite(config, schema, directory, opened);
        } catch (SQLException | RuntimeException e) {
            opened.forEach(SqliteConnection::close);
            directory.ifPresent(DataDirectory::close);
            throw unusable(directory, e);
        }
    }

    /** Does the work in a transaction and answers when it is committed. */
    public <T> T write(Work<T> work) {
        return write(work, () -> {});
    }

    /** @param committed run on the writer's thread after the commit, whether or not the caller still waits; short */
    public <T> T write(Work<T> work, Runnable committed) {
        try {
            return writes.ask(new Job<>(work, committed));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Does the work, which must not write. */
    public <T> T read(Work<T> work) {
        try {
            return readInterruptibly(work);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** As {@link #read}, for callers that may say that they were interrupted. */
    public <T> T readInterruptibly(Work<T> work) throws InterruptedException {
        return reads.ask(new Job<>(work, () -> {}));
    }

    /** As {@link #write}, for callers that may say that they were interrupted. */
    public <T> T writeInterruptibly(Work<T> work) throws InterruptedException {
        return writes.ask(new Job<>(work, () -> {}));
    }

    /** That its directory cannot be used, for this reason in a sentence. */
    public UnusableDataDirectory unusable(String amiss) {
        return new UnusableDataDirectory(directory.map(DataDirectory::path).orElse(Path.of("(in memory)")), amiss);
    }

    /** How full the fuller of the queues is, in percent. */
    int queueFillPercent() {
        return Math.max(writes.fillPercent(), reads.fillPercent());
    }

    /** How many writes wait for their turn. */
    int queuedWrites() {
        return writes.queued();
    }

    /** How it is doing; looks at its files. */
    public SqliteStats stats() {
        return new SqliteStats(
                writes.queue(),
                reads.queue(),
                directory.map(DataDirectory::databaseBytes).orElse(0L),
                commits.failures());
    }

    /** Tells this one, and no other, of every commit from now on. */
    public void hear(CommitListener listener) {
        commits.tell(listener);
    }

    Optional<DataDirectory> directory() {
        return directory;
    }

    /**
     * Refuses new work, does what is queued within the configured bound, and ends the threads. What cannot be done in
     * that time is refused. A second call does nothing.
     */
    @Override
    public void close() {
        reads.refuse();
        writes.refuse();
        long deadline = System.nanoTime() + config.closeWithin().toNanos();
        reads.end(deadline);
        // One connection after the other, the writer's last: closing the last one folds the write-ahead log into the
        // database. SQLite 3.51.0 and 3.51.1 can deadlock when several are closed at the same moment.
        writes.end(deadline);
        directory.ifPresent(DataDirectory::close);
    }

    private static void connect(
            DataDirectory directory, EmbeddedStoresConfig config, Schema schema, List<SqliteConnection> opened)
            throws SQLException {
        opened.add(SqliteConnection.writing(directory.database(), config.durability()));
        Migrations.of(schema).applyTo(opened.getFirst());
        for (int i = 0; i < config.readerThreads(); i++) {
            opened.add(SqliteConnection.reading(directory.database()));
        }
    }

    private static StoreUnavailable interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StoreUnavailable(e);
    }

    private static RuntimeException unusable(Optional<DataDirectory> directory, Exception e) {
        if (e instanceof SQLException trouble && directory.isPresent()) {
            return new UnusableDataDirectory(
                    directory.get().path(),
                    DataDirectory.DATABASE + " cannot be opened (" + trouble.getMessage()
                            + "). Put back a copy of it, or move it away to begin anew.",
                    trouble);
        }
        return e instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException("SQLite cannot keep a database in memory", e);
    }
}
