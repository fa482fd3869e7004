package dev.daveloper.bootstrap.cache;

import dev.daveloper.bootstrap.cache.BackupCheck.Verdict;
import dev.daveloper.bootstrap.cache.CacheTask.NamedFile;
import dev.daveloper.bootstrap.operator.CommandFailed;
import dev.daveloper.bootstrap.operator.GatewayClient;
import dev.daveloper.bootstrap.operator.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes what the gateway keeps to a file. It is written under another name beside it, and has its own only when it is
 * whole: neither a cut connection nor a full disk leaves something that looks like a backup.
 */
final class BackingUp {
    static final String TYPE = "application/vnd.daveloper.cache";

    private static final String PART = ".part";
    private static final int BUFFER_BYTES = 64 << 10;

    private final GatewayClient gateway;
    private final ProgressLine progress;

    BackingUp(GatewayClient gateway, ProgressLine progress) {
        this.gateway = gateway;
        this.progress = progress;
    }

    /** @return what was done, as a sentence */
    String run(CacheTask.Backup task) throws CommandFailed, InterruptedException {
        NamedFile file = task.file();
        if (Files.isDirectory(file.path())) {
            throw new CommandFailed(file + " is a directory.");
        }
        if (!task.force() && Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS)) {
            throw new CommandFailed(file + " is there already; --force overwrites it.");
        }
        NamedFile part = new NamedFile(
                file.name() + PART, file.path().resolveSibling(file.path().getFileName() + PART));
        InputStream answer = gateway.post("/cache/backup", new GatewayClient.Sent(BodyPublishers.noBody(), ""), TYPE);
        try (answer;
                FileChannel out = create(part)) {
            // Should somebody stop the program meanwhile.
            part.path().toFile().deleteOnExit();
            return new Copy(answer, out, file, part).finish(task.force());
        } catch (IOException e) {
            throw unwritten(part, e);
        }
    }

    private static FileChannel create(NamedFile part) throws CommandFailed {
        try {
            return FileChannel.open(part.path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailed(part + " is there already: another backup is being written, or one was killed."
                    + " Remove it in that case.");
        } catch (IOException e) {
            throw unwritten(part, e);
        }
    }

    private static CommandFailed unwritten(NamedFile file, IOException e) {
        return new CommandFailed(file + " cannot be written: " + Reasons.of(e) + ".");
    }

    /** One answer on its way into one file. */
    private final class Copy {
        private final InputStream from;
        private final FileChannel to;
        private final NamedFile file;
        private final NamedFile part;
        private final BackupCheck check = new BackupCheck();

        Copy(InputStream from, FileChannel to, NamedFile file, NamedFile part) {
            this.from = from;
            this.to = to;
            this.file = file;
            this.part = part;
        }

        String finish(boolean force) throws CommandFailed, IOException {
            boolean kept = false;
            try {
                byte[] buffer = new byte[BUFFER_BYTES];
                for (int length = read(buffer); length >= 0; length = read(buffer)) {
                    check.add(buffer, length);
                    write(ByteBuffer.wrap(buffer, 0, length));
                    progress.bytes("Backing up", check.bytes());
                }
                long entries = entriesWhenWhole();
                to.force(true);
                to.close();
                name(force);
                kept = true;
                return "Backed up " + entries + (entries == 1 ? " entry, " : " entries, ")
                        + ProgressLine.size(check.bytes()) + ", to " + file + " in " + progress.took() + ".";
            } finally {
                if (!kept) {
                    to.close();
                    Files.deleteIfExists(part.path());
                }
            }
        }

        private int read(byte[] buffer) throws CommandFailed {
            try {
                int length = from.read(buffer);
                gateway.moved();
                return length;
            } catch (IOException e) {
                throw new CommandFailed(gateway.lost() + " after " + ProgressLine.size(check.bytes()) + "; " + file
                        + " was not written.");
            }
        }

        private void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        }

        private long entriesWhenWhole() throws CommandFailed {
            return switch (check.verdict()) {
                case Verdict.Whole whole -> whole.entries();
                case Verdict.NoBackup none ->
                    throw new CommandFailed("What came is no backup of a cache; " + file + " was not written.");
                case Verdict.OtherVersion other ->
                    throw new CommandFailed("What came is a backup of version " + other.version()
                            + ", and this program knows version " + BackupCheck.VERSION + "; " + file
                            + " was not written.");
                case Verdict.Broken broken ->
                    throw new CommandFailed("What came is not whole: its checksum is another after "
                            + ProgressLine.size(check.bytes()) + "; " + file + " was not written.");
            };
        }

        private void name(boolean force) throws CommandFailed, IOException {
            Path whole = file.path();
            if (force) {
                Files.move(part.path(), whole, StandardCopyOption.REPLACE_EXISTING);
                return;
            }
            try {
                Files.move(part.path(), whole);
            } catch (FileAlreadyExistsException e) {
                throw new CommandFailed(file + " is there by now; --force overwrites it.");
            }
        }
    }
}
