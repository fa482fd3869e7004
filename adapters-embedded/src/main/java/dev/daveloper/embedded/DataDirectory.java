package dev.daveloper.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data directory that this process owns until it closes it. The operating system gives it up when the process dies,
 * however it dies.
 */
final class DataDirectory implements AutoCloseable {
    static final String DATABASE = "daveloper.db";
    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
    private static final String LOCK = "daveloper.lock";
    private static final String PID = "daveloper.pid";

    /**
     * The directories that this process owns. POSIX drops a process's lock on a file when the process closes the file
     * by whichever descriptor, so a second opener within the process must be refused before it touches the file.
     */
    private static final Set<Path> OWNED = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DataDirectory(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Makes the directory, readable by its owner only, when it is not there, and takes it.
     *
     * @throws UnusableDataDirectory when another process has it, or it cannot be written to
     */
    static DataDirectory own(Path path) {
        Path directory = path;
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path, OwnerOnly.directory(path));
            }
            directory = path.toRealPath();
            if (!OWNED.add(directory)) {
                throw new UnusableDataDirectory(path, "this process has it open already.");
            }
            try {
                return locked(directory);
            } catch (IOException | RuntimeException e) {
                OWNED.remove(directory);
                throw e;
            }
        } catch (FileAlreadyExistsException e) {
            throw new UnusableDataDirectory(path, "there is something of this name that is no directory.", e);
        } catch (IOException e) {
            throw new UnusableDataDirectory(
                    path, "this process may not write to it, or it cannot be made (" + e + ").", e);
        }
    }

    Path path() {
        return directory;
    }

    Path database() {
        return directory.resolve(DATABASE);
    }

    /** What the database takes, with its write-ahead log; what cannot be looked at counts for nothing. */
    long databaseBytes() {
        return bytesOf(database()) + bytesOf(directory.resolve(DATABASE + "-wal"));
    }

    private static long bytesOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("the lock of the data directory could not be given up; it ends with this process", e);
        } finally {
            OWNED.remove(directory);
        }
    }

    private static DataDirectory locked(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve(LOCK),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                OwnerOnly.file(directory));
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new UnusableDataDirectory(directory, "another process has it" + holder(directory) + ".");
            }
            Files.writeString(
                    directory.resolve(PID),
                    Long.toString(ProcessHandle.current().pid()));
            makeDatabasePrivate(directory.resolve(DATABASE));
            return new DataDirectory(directory, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** SQLite gives its other files the permissions of the first, so that one is made here before SQLite makes it. */
    private static void makeDatabasePrivate(Path database) throws IOException {
        if (!Files.exists(database, LinkOption.NOFOLLOW_LINKS)) {
            Files.createFile(database, OwnerOnly.file(database));
        }
    }

    private static String holder(Path directory) {
        try {
            return ", process " + Files.readString(directory.resolve(PID)).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
