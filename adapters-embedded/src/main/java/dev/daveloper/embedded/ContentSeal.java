package dev.daveloper.embedded;

import dev.daveloper.domain.ContentKey;
import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.UnreadableContent;
import dev.daveloper.stored.chat.Place;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Seals contents on their way into the database and opens them on their way out. Each row says by the key's number in
 * the database what it was sealed with, so that what a key is still needed for is found by an index. Safe for use by
 * many threads.
 */
public final class ContentSeal {
    /** In the place of a key's number: not sealed. */
    private static final long PLAIN = 0;

    private static final byte[] KNOWN_TEXT = "a key of daveloper".getBytes(StandardCharsets.US_ASCII);

    private final ContentKeys keys;
    private final long number;
    private final List<Long> others;

    private ContentSeal(ContentKeys keys, long number, List<Long> others) {
        this.keys = keys;
        this.number = number;
        this.others = others;
    }

    /**
     * Checks that these keys open all that is sealed, forgets those that nothing is sealed with, and notes the first.
     *
     * @throws UnusableDataDirectory when a key is missing or another one has its name; then nothing was changed
     */
    public static ContentSeal open(Sqlite sqlite, ContentKeys keys) {
        List<Known> known = sqlite.read(connection -> known(connection, keys));
        Optional<String> amiss = sqlite.read(connection -> amiss(connection, keys, known));
        if (amiss.isPresent()) {
            throw sqlite.unusable(amiss.get());
        }
        return sqlite.write(connection -> {
            long number = PLAIN;
            if (keys.writer().isPresent()) {
                number = note(connection, keys, keys.writer().get());
            }
            forgetUnused(connection, keys, number);
            List<Long> others = new ArrayList<>(List.of(PLAIN));
            known(connection, keys).forEach(key -> others.add(key.number()));
            others.remove(number);
            return new ContentSeal(keys, number, List.copyOf(others));
        });
    }

    /** The number of the key that seals. */
    public long number() {
        return number;
    }

    /** By what else contents may be sealed still; nothing new ever is. */
    List<Long> others() {
        return others;
    }

    /** Whether anything is sealed at all. */
    public boolean seals() {
        return number != PLAIN;
    }

    public byte[] seal(byte[] plain, Place place) {
        return keys.seal(plain, place.context());
    }

    /** @throws UnreadableContent naming the place */
    public byte[] open(byte[] stored, Place place) {
        try {
            return keys.open(stored, place.context());
        } catch (UnreadableContent e) {
            throw new UnreadableContent("the database's " + place.shown() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Forgets the keys that nothing is sealed with any more, but for the first, and tells their names. */
    List<String> forgetUnused(SqliteConnection connection) throws SQLException {
        return forgetUnused(connection, keys, number);
    }

    private static List<String> forgetUnused(SqliteConnection connection, ContentKeys keys, long writer)
            throws SQLException {
        List<String> forgotten = new ArrayList<>();
        for (Known key : known(connection, keys)) {
            if (key.number() != writer && !isUsed(connection, key)) {
                connection.update("DELETE FROM content_keys WHERE number = ?", key.number());
                forgotten.add(key.name());
            }
        }
        return forgotten;
    }

    /** @param given whether it is the configured key of its name */
    private record Known(long number, String name, boolean given) {}

    private static List<Known> known(SqliteConnection connection, ContentKeys keys) throws SQLException {
        return connection.list(
                "SELECT number, name, verifier FROM content_keys",
                row -> new Known(row.getLong(1), row.getString(2), isGiven(keys, row.getString(2), row.getBytes(3))));
    }

    private static boolean isUsed(SqliteConnection connection, Known key) throws SQLException {
        for (SealedTable table : SealedTable.values()) {
            if (table.hasAny(connection, key.number())) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> amiss(SqliteConnection connection, ContentKeys keys, List<Known> known)
            throws SQLException {
        for (Known key : known) {
            if (isUsed(connection, key) && !keys.has(key.name())) {
                long rows = 0;
                for (SealedTable table : SealedTable.values()) {
                    rows += table.count(connection, key.number());
                }
                return Optional.of(rows + " of its entries are encrypted with the key '" + key.name()
                        + "', which is not configured. Configure it again, behind the key that is to encrypt from now"
                        + " on, until the log says that it is not needed any more.");
            }
            if (isUsed(connection, key) && !key.given()) {
                return Optional.of("the configured encryption key '" + key.name() + "' is not the key of this name that"
                        + " its entries are encrypted with. Configure that one again; a new key needs a new name.");
            }
        }
        return Optional.empty();
    }

    private static long note(SqliteConnection connection, ContentKeys keys, ContentKey writer) throws SQLException {
        Optional<Known> before = known(connection, keys).stream()
                .filter(key -> key.name().equals(writer.name()))
                .findFirst();
        if (before.isPresent() && before.get().given()) {
            return before.get().number();
        }
        // What has the name without being the key seals nothing, or the start would have been refused.
        connection.update("DELETE FROM content_keys WHERE name = ?", writer.name());
        return connection
                .first(
                        "INSERT INTO content_keys (name, verifier) VALUES (?, ?) RETURNING number",
                        row -> row.getLong(1),
                        writer.name(),
                        keys.seal(KNOWN_TEXT, Place.ofVerifier(writer.name()).context()))
                .orElseThrow();
    }

    private static boolean isGiven(ContentKeys keys, String name, byte[] verifier) {
        try {
            return Arrays.equals(
                    KNOWN_TEXT, keys.open(verifier, Place.ofVerifier(name).context()));
        } catch (UnreadableContent e) {
            return false;
        }
    }
}
