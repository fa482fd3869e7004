package dev.daveloper.domain;

import dev.daveloper.domain.failures.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys by which contents are sealed where they are stored: the first one seals, all of them open. With none,
 * contents stay as they are. Safe for use by many threads; shows the names and never the keys.
 *
 * <p>What is sealed begins with a byte that no JSON text begins with, and says which key opens it. A context, such as
 * the row it lies in, is bound to it, so that it opens nowhere else. What does not begin with that byte was never
 * sealed and is passed through, so that keys can be added to what is there; they keep contents from being read, and
 * sealed contents from being changed, but not from being replaced by plain ones.
 *
 * <p>A key is good for 2<sup>32</sup> contents, the bound of SP 800-38D for random nonces: at 1,000 a second, 49 days.
 *
 * @param keys of different names, the first seals
 */
public record ContentKeys(List<ContentKey> keys) {
    /** Nothing is sealed. */
    public static final ContentKeys NONE = new ContentKeys(List.of());

    private static final byte SEALED = 1;
    private static final int NAME_AT = 2;

    public ContentKeys {
        keys = List.copyOf(keys);
        Set<String> names = new HashSet<>();
        for (ContentKey key : keys) {
            if (!names.add(key.name())) {
                throw new InvalidValue(
                        "the name of an encryption key", key.name(), "another than that of a key before");
            }
        }
    }

    /** The key that seals; empty when nothing is sealed. */
    public Optional<ContentKey> writer() {
        return keys.stream().findFirst();
    }

    /** Whether what a key of this name sealed can be opened. */
    public boolean has(String name) {
        return find(name).isPresent();
    }

    /**
     * Seals with the first key.
     *
     * @param plain such as JSON, whose first byte is never 1
     * @param context what {@link #open} must be given again
     */
    public byte[] seal(byte[] plain, byte[] context) {
        return keys.isEmpty() ? plain : keys.getFirst().seal(header(keys.getFirst()), plain, context);
    }

    /**
     * What was sealed in this context, or was never sealed.
     *
     * @throws UnreadableContent when the key is none of these, or the content is not what was sealed in this context
     */
    public byte[] open(byte[] stored, byte[] context) {
        if (stored.length == 0 || stored[0] != SEALED) {
            return stored;
        }
        if (stored.length < NAME_AT || stored.length < NAME_AT + stored[1] || stored[1] < 1) {
            throw new UnreadableContent("it is cut short: " + stored.length + " bytes");
        }
        String name = new String(stored, NAME_AT, stored[1], StandardCharsets.US_ASCII);
        return find(name)
                .orElseThrow(() -> new UnreadableContent(
                        "it was sealed with " + (ContentKey.isName(name) ? "the key '" + name + "'" : "an unknown key")
                                + ", which is not configured"))
                .open(stored, NAME_AT + stored[1], context);
    }

    /** The names. */
    @Override
    public String toString() {
        return keys.toString();
    }

    private Optional<ContentKey> find(String name) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    private static byte[] header(ContentKey key) {
        byte[] name = key.name().getBytes(StandardCharsets.US_ASCII);
        byte[] header = new byte[NAME_AT + name.length];
        header[0] = SEALED;
        header[1] = (byte) name.length;
        System.arraycopy(name, 0, header, NAME_AT, name.length);
        return header;
    }
}
