package dev.daveloper.bootstrap.cache;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.bootstrap.cache.BackupCheck.Verdict;
import dev.daveloper.bootstrap.cache.CacheTask.NamedFile;
import dev.daveloper.bootstrap.operator.CommandFailed;
import dev.daveloper.bootstrap.operator.GatewayClient;
import dev.daveloper.bootstrap.operator.Reasons;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;

/** Sends a file to the gateway, once it has shown to be whole. */
final class Restoring {
    private static final int BUFFER_BYTES = 64 << 10;

    private final GatewayClient gateway;
    private final ProgressLine progress;

    Restoring(GatewayClient gateway, ProgressLine progress) {
        this.gateway = gateway;
        this.progress = progress;
    }

    /** @return what was done, as a sentence */
    String run(CacheTask.Restore task) throws CommandFailed, InterruptedException {
        NamedFile file = task.file();
        long bytes = requireWhole(file);
        BodyPublisher body = BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> open(file, bytes)), bytes);
        JsonNode restored = gateway.json(
                gateway.send("/cache/restore", new GatewayClient.Sent(body, BackingUp.TYPE), "application/json"));
        long entries = restored.path("entries").asLong();
        long expired = restored.path("expired").asLong();
        return "Restored " + entries + (entries == 1 ? " entry" : " entries") + " from " + file + " in "
                + progress.took() + "; the time of " + expired + " was over.";
    }

    /** Before it is sent: the gateway finds out only when it has put what came before the place that is broken. */
    private long requireWhole(NamedFile file) throws CommandFailed {
        if (Files.isDirectory(file.path())) {
            throw new CommandFailed(file + " is a directory.");
        }
        BackupCheck check = new BackupCheck();
        try (InputStream in = Files.newInputStream(file.path())) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                check.add(buffer, length);
                gateway.moved();
            }
        } catch (IOException e) {
            throw new CommandFailed(file + " cannot be read: " + Reasons.of(e) + ".");
        }
        return switch (check.verdict()) {
            case Verdict.Whole whole -> check.bytes();
            case Verdict.NoBackup none -> throw new CommandFailed(file + " is no backup of a cache.");
            case Verdict.OtherVersion other ->
                throw new CommandFailed(file + " is a backup of version " + other.version()
                        + ", and this program knows version " + BackupCheck.VERSION + ".");
            case Verdict.Broken broken ->
                throw new CommandFailed(
                        file + " is not whole: its checksum is another. It was cut off or altered; nothing was sent.");
        };
    }

    private InputStream open(NamedFile file, long bytes) {
        try {
            return new Watched(Files.newInputStream(file.path()), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of which is shown how much was read. */
    private final class Watched extends FilterInputStream {
        private final long bytes;
        private long read;

        Watched(InputStream file, long bytes) {
            super(file);
            this.bytes = bytes;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            read += Math.max(0, count);
            gateway.moved();
            progress.bytes("Restoring", read, bytes);
            return count;
        }
    }
}
