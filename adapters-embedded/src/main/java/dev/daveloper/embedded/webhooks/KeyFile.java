package dev.daveloper.embedded.webhooks;

import dev.daveloper.domain.ContentKey;
import dev.daveloper.embedded.DirectoryEntries;
import dev.daveloper.embedded.OwnerOnly;
import dev.daveloper.embedded.UnusableDataDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A secret in a file beside the database, for its owner's eyes only: base 64, and a line's end. */
final class KeyFile {
    static final String NAME = "webhooks.key";

    /** What is amiss when something is sealed by it and the file is not there. */
    static final String LOST =
            "the secrets of its webhooks are encrypted with the key in " + NAME + ", which is not there. Put it back.";

    /** What is amiss when it opens nothing of what is sealed by it. */
    static final String ANOTHER = "the secrets of its webhooks are encrypted with another key than the one in " + NAME
            + ". Put that one back.";

    /** What a name ends with until the whole secret is in its file. */
    private static final String UNFINISHED = ".new";

    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

    private final Path directory;

    KeyFile(Path directory) {
        this.directory = directory;
    }

    /** Removes what a process left that was killed while it made one. Nothing is sealed by such a secret. */
    void clear() {
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(directory, NAME + "*" + UNFINISHED)) {
            for (Path file : unfinished) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("a half-made {} could not be removed; it is tried again at the next start", NAME, e);
        }
    }

    /**
     * The secret in the file; empty when there is none.
     *
     * @param needed whether anything is sealed by it, which decides what to do about one that is damaged
     * @throws UnusableDataDirectory when it cannot be read, or is no secret
     */
    Optional<byte[]> read(boolean needed) {
        Path file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.US_ASCII);
            byte[] secret = Base64.getDecoder().decode(text.strip());
            if (secret.length == ContentKey.BYTES) {
                return Optional.of(secret);
            }
            throw new IllegalArgumentException(secret.length + " bytes, not " + ContentKey.BYTES);
        } catch (IllegalArgumentException e) {
            throw new UnusableDataDirectory(
                    directory,
                    NAME + " in it is damaged. "
                            + (needed
                                    ? "The secrets of its webhooks are encrypted with that key. Put back a copy of it."
                                    : "Nothing is encrypted with that key: put back a copy of it, or remove it."),
                    e);
        } catch (IOException e) {
            throw new UnusableDataDirectory(directory, NAME + " in it cannot be read (" + e + ").", e);
        }
    }

    /** Makes one, which is on the disk, name and all, before anything that is sealed by it can be. */
    byte[] make() throws IOException {
        byte[] secret = random();
        Path file = directory.resolve(NAME);
        Path unfinished = Files.createTempFile(directory, NAME, UNFINISHED, OwnerOnly.file(file));
        try {
            Files.writeString(
                    unfinished,
                    Base64.getEncoder().encodeToString(secret) + "\n",
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        DirectoryEntries.force(directory);
        return secret;
    }

    static byte[] random() {
        byte[] secret = new byte[ContentKey.BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }
}
