package dev.daveloper.embedded.webhooks;

import dev.daveloper.domain.ContentKey;
import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.UnreadableContent;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.embedded.ContentSeal;
import dev.daveloper.embedded.UnusableDataDirectory;
import dev.daveloper.stored.chat.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Seals endpoints, whose secrets are never stored as they are: by the keys of contents, or where none are configured by
 * one that lies in a file beside the database. That keeps them from who has a copy of the database and not from who has
 * the directory. Safe for use by many threads.
 */
final class EndpointSeal {
    /** In the place of a key's number: the one in the file. */
    static final long OWN = -1;

    private static final String KEY_NAME = "webhooks";

    private final ContentSeal contents;
    private final Optional<KeyFile> file;
    private Optional<ContentKeys> own;

    private EndpointSeal(ContentSeal contents, Optional<KeyFile> file, Optional<ContentKeys> own) {
        this.contents = contents;
        this.file = file;
        this.own = own;
    }

    /**
     * With the key in the file, which is made when it is wanted and there is none: who has no webhooks has no file.
     *
     * @param directory of the database; empty for one in memory, whose key is in memory too
     * @param needed whether anything is sealed by that key
     * @throws UnusableDataDirectory when it is needed and is not there, or cannot be read
     */
    static EndpointSeal open(ContentSeal contents, Optional<Path> directory, boolean needed) {
        Optional<KeyFile> file = directory.map(KeyFile::new);
        Optional<ContentKeys> own = Optional.empty();
        if (file.isPresent()) {
            file.get().clear();
            if (needed || !contents.seals()) {
                own = file.get().read(needed).map(EndpointSeal::keys);
            }
            if (needed && own.isEmpty()) {
                throw new UnusableDataDirectory(directory.orElseThrow(), KeyFile.LOST);
            }
        }
        return new EndpointSeal(contents, file, own);
    }

    private static ContentKeys keys(byte[] secret) {
        return new ContentKeys(List.of(new ContentKey(KEY_NAME, secret)));
    }

    private synchronized ContentKeys own() {
        if (own.isEmpty()) {
            own = Optional.of(keys(file.isPresent() ? made(file.get()) : KeyFile.random()));
        }
        return own.get();
    }

    private static byte[] made(KeyFile file) {
        // Somebody may have put one there meanwhile.
        Optional<byte[]> present = file.read(false);
        try {
            return present.isPresent() ? present.get() : file.make();
        } catch (IOException e) {
            throw new StoreUnavailable(e);
        }
    }

    /** What {@code sealed_by} says of what is sealed now. */
    long number() {
        return contents.seals() ? contents.number() : OWN;
    }

    byte[] seal(byte[] plain, Place place) {
        return contents.seals() ? contents.seal(plain, place) : own().seal(plain, place.context());
    }

    /**
     * @param by what {@code sealed_by} says
     * @throws UnreadableContent naming the place
     */
    byte[] open(byte[] stored, long by, Place place) {
        if (by != OWN) {
            return contents.open(stored, place);
        }
        try {
            return own().open(stored, place.context());
        } catch (UnreadableContent e) {
            throw new UnreadableContent(place.shown() + " cannot be read with the key in " + KeyFile.NAME, e);
        }
    }
}
