package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.domain.documents.ContentHash;
import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.embedded.DirectoryEntries;
import dev.daveloper.embedded.Durability;
import dev.daveloper.embedded.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The originals of documents, readable by the owner of the process only. They come into one directory and are moved to
 * another when they are whole, so that what lies there is whole. Safe for use by many threads.
 */
final class DocumentFiles implements AutoCloseable {
    static final String KEPT = "files";
    static final String INCOMING = "incoming";

    /** The memory that one upload takes here. */
    static final int BUFFER_BYTES = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(DocumentFiles.class);

    private final Path root;
    private final boolean temporary;
    private final Durability durability;
    private final Sink sink;

    /** Where bytes are written to; tests hand in one that is full. */
    interface Sink {
        WritableByteChannel open(Path file) throws IOException;
    }

    DocumentFiles(Path root, boolean temporary, Durability durability, Sink sink) {
        this.root = root;
        this.temporary = temporary;
        this.durability = durability;
        this.sink = sink;
    }

    /**
     * Takes up what is in the directory, or makes a temporary one, and clears away what never came whole.
     *
     * @throws IOException when the directory cannot be written to
     */
    static DocumentFiles open(Optional<Path> directory, Durability durability) throws IOException {
        Path root = directory.isPresent() ? directory.get() : Files.createTempDirectory("daveloper-documents");
        DocumentFiles files = new DocumentFiles(root, directory.isEmpty(), durability, DocumentFiles::newFile);
        for (String part : Set.of(KEPT, INCOMING)) {
            Files.createDirectories(root.resolve(part), OwnerOnly.directory(root));
        }
        files.names(INCOMING).forEach(name -> delete(root.resolve(INCOMING).resolve(name)));
        return files;
    }

    /**
     * Takes bytes over to their end.
     *
     * @throws IOException when reading the content throws it, as it came
     * @throws DocumentRefused when there are more than this many bytes, or none
     * @throws DocumentsUnavailable when they cannot be written
     */
    Incoming receive(InputStream content, long maxBytes) throws IOException, InterruptedException {
        String name = UUID.randomUUID().toString();
        Path file = root.resolve(INCOMING).resolve(name);
        try {
            Incoming whole = received(content, maxBytes, name, file);
            moveIntoPlace(file, name);
            return whole;
        } finally {
            delete(file);
        }
    }

    Path path(String file) {
        return root.resolve(KEPT).resolve(file);
    }

    /** Deletes an original; when that fails it is done at the next start. */
    void remove(String file) {
        delete(path(file));
    }

    /** The names of all originals. */
    Set<String> kept() throws IOException {
        return names(KEPT);
    }

    /** Deletes all that is only for as long as this is open. */
    @Override
    public void close() {
        if (temporary) {
            try {
                Files.walkFileTree(root, new Deleting());
            } catch (IOException e) {
                LOG.warn("the temporary directory of documents could not be deleted whole", e);
            }
        }
    }

    private Incoming received(InputStream content, long maxBytes, String name, Path file)
            throws IOException, InterruptedException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        try (Written written = new Written(file)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                if (Thread.interrupted()) {
                    throw interrupted();
                }
                bytes += read;
                if (bytes > maxBytes) {
                    throw DocumentRefused.tooLarge(maxBytes);
                }
                digest.update(buffer, 0, read);
                written.write(buffer, read);
            }
            if (bytes == 0) {
                throw DocumentRefused.empty();
            }
            written.finish();
        }
        return new Incoming(name, new ContentHash(HexFormat.of().formatHex(digest.digest())), bytes);
    }

    private void moveIntoPlace(Path file, String name) {
        try {
            Files.move(file, path(name), StandardCopyOption.ATOMIC_MOVE);
            if (durability == Durability.POWER_CUT) {
                DirectoryEntries.force(root.resolve(KEPT));
            }
        } catch (IOException e) {
            throw new DocumentsUnavailable(e);
        }
    }

    private Set<String> names(String part) throws IOException {
        try (Stream<Path> entries = Files.list(root.resolve(part))) {
            return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("a document's file could not be deleted; it is tried again at the next start", e);
        }
    }

    private static WritableByteChannel newFile(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.file(file));
    }

    private static InterruptedException interrupted() {
        return new InterruptedException("while a document was coming in");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A file being written, whose failures are ours and not the sender's. */
    private final class Written implements AutoCloseable {
        private final WritableByteChannel channel;

        Written(Path file) {
            try {
                channel = sink.open(file);
            } catch (IOException e) {
                throw new DocumentsUnavailable(e);
            }
        }

        void write(byte[] bytes, int length) throws InterruptedException {
            ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
            try {
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            } catch (ClosedByInterruptException e) {
                Thread.interrupted();
                throw interrupted();
            } catch (IOException e) {
                throw new DocumentsUnavailable(e);
            }
        }

        void finish() {
            try {
                if (durability == Durability.POWER_CUT && channel instanceof FileChannel file) {
                    file.force(true);
                }
                channel.close();
            } catch (IOException e) {
                throw new DocumentsUnavailable(e);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("an incoming file did not close well and is deleted", e);
            }
        }
    }

    private static final class Deleting extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
