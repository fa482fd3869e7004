package dev.daveloper.embedded.webhooks;

import dev.daveloper.domain.ContentKey;
import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.UnreadableContent;
import dev.daveloper.embedded.ContentSeal;
import dev.daveloper.embedded.OwnerOnly;
import dev.daveloper.embedded.UnusableDataDirectory;
import dev.daveloper.stored.chat.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Seals endpoints, whose secrets are never stored as they are: by the keys of contents, or where none are configured by
 * one that lies in a file beside the database. That keeps them from who has a copy of the database and not from who has
 * the directory. Safe for use by many threads.
 */
final class EndpointSeal {
    /** The file beside the database. */
    static final String FILE = "webhooks.key";

    /** In the place of a key's number: the one in the file. */
    static final long OWN = -1;

    private static final String NAME = "webhooks";

    private final ContentSeal contents;
    private final Optional<Path> directory;
    /** Read or made when it is wanted for the first time: who has no webhooks has no such file. */
    private Optional<ContentKeys> own = Optional.empty();

    private EndpointSeal(ContentSeal contents, Optional<Path> directory) {
        this.contents = contents;
        this.directory = directory;
    }

    /**
     * With the key in the file, which is made when it is wanted and there is none.
     *
     * @param directory of the database; empty for one in memory, whose key is in memory too
     * @param needed whether anything is sealed by that key
     * @throws UnusableDataDirectory when it is needed and is not there, or cannot be read
     */
    static EndpointSeal open(ContentSeal contents, Optional<Path> directory, boolean needed) {
        EndpointSeal seal = new EndpointSeal(contents, directory);
        if (needed) {
            seal.own(true);
        }
        return seal;
    }

    private synchronized ContentKeys own(boolean needed) {
        if (own.isEmpty()) {
            byte[] secret = directory.map(path -> inFile(path, needed)).orElseGet(EndpointSeal::random);
            own = Optional.of(new ContentKeys(List.of(new ContentKey(NAME, secret))));
        }
        return own.get();
    }

    private static byte[] inFile(Path directory, boolean needed) {
        Path file = directory.resolve(FILE);
        try {
            if (Files.exists(file)) {
                return read(file);
            }
            if (needed) {
                throw new UnusableDataDirectory(
                        directory,
                        "the secrets of its webhooks are encrypted with the key in " + FILE
                                + ", which is not there. Put it back.");
            }
            byte[] secret = random();
            Path made = Files.createTempFile(directory, FILE, ".new", OwnerOnly.file(file));
            // On the disk before anything that is sealed by it can be.
            Files.writeString(
                    made,
                    Base64.getEncoder().encodeToString(secret) + "\n",
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            return secret;
        } catch (IOException e) {
            throw new UnusableDataDirectory(directory, FILE + " cannot be read or made (" + e + ").", e);
        }
    }

    private static byte[] read(Path file) throws IOException {
        try {
            byte[] secret = Base64.getDecoder().decode(Files.readString(file).strip());
            if (secret.length == ContentKey.BYTES) {
                return secret;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("it is no key", e);
        }
        throw new IOException("it is no key");
    }

    private static byte[] random() {
        byte[] secret = new byte[ContentKey.BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    /** What {@code sealed_by} says of what is sealed now. */
    long number() {
        return contents.seals() ? contents.number() : OWN;
    }

    byte[] seal(byte[] plain, Place place) {
        return contents.seals() ? contents.seal(plain, place) : own(false).seal(plain, place.context());
    }

    /** @param by what {@code sealed_by} says */
    byte[] open(byte[] stored, long by, Place place) {
        if (by != OWN) {
            return contents.open(stored, place);
        }
        try {
            return own(true).open(stored, place.context());
        } catch (UnreadableContent e) {
            throw new UnreadableContent(place.shown() + " cannot be read with the key in " + FILE, e);
        }
    }
}
