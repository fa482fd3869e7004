package dev.daveloper.domain;

import dev.daveloper.domain.failures.InvalidValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * The form of every identifier: a prefix that tells what it names, then 26 characters of Crockford's base 32 in lower
 * case: 48 bits of the millisecond it was made and 80 random bits, as a ULID has them, so that identifiers sort by age.
 *
 * <p>An identifier is a name, never a permission: whoever holds one still has to be the owner of what it names.
 */
public final class Ids {
    public static final int BODY_CHARS = 26;
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int TIME_CHARS = 10;

    private final InstantSource clock;
    private final RandomGenerator random;

    /** Identifiers of this clock and this source of randomness, which must be safe to share between threads. */
    public Ids(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new identifier with this prefix, which ends in an underscore. */
    public String next(String prefix) {
        return prefix + body(clock.millis(), random.nextLong(), random.nextLong());
    }

    private static String body(long millis, long high, long low) {
        char[] body = new char[BODY_CHARS];
        long time = millis;
        for (int i = TIME_CHARS - 1; i >= 0; i--) {
            body[i] = ALPHABET.charAt((int) (time & 31));
            time >>>= 5;
        }
        for (int i = 0; i < 8; i++) {
            body[TIME_CHARS + i] = ALPHABET.charAt((int) (high >>> (i * 5) & 31));
            body[TIME_CHARS + 8 + i] = ALPHABET.charAt((int) (low >>> (i * 5) & 31));
        }
        return new String(body);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static long longAt(byte[] bytes, int from) {
        return ByteBuffer.wrap(bytes).getLong(from);
    }

    /**
     * The identifier that this text always has: of the same form, with the moment's millisecond, and with bits of the
     * text's SHA-256 where others have random ones.
     */
    public static String derived(String prefix, Instant at, String text) {
        byte[] hash = sha256(text);
        return prefix + body(at.toEpochMilli(), longAt(hash, 0), longAt(hash, Long.BYTES));
    }

    /** The moment that a well-formed identifier says it was made at. */
    public static Instant madeAt(String prefix, String id) {
        long millis = 0;
        for (int i = prefix.length(); i < prefix.length() + TIME_CHARS; i++) {
            millis = millis << 5 | ALPHABET.indexOf(id.charAt(i));
        }
        return Instant.ofEpochMilli(millis);
    }

    /** Returns the value when it is this prefix and 26 characters of the alphabet; otherwise says what was expected. */
    public static String require(String name, String prefix, String value) {
        if (!isWellFormed(prefix, value)) {
            throw new InvalidValue(name, value, prefix + " and " + BODY_CHARS + " characters of 0-9 and a-z");
        }
        return value;
    }

    private static boolean isWellFormed(String prefix, String value) {
        if (value.length() != prefix.length() + BODY_CHARS || !value.startsWith(prefix)) {
            return false;
        }
        for (int i = prefix.length(); i < value.length(); i++) {
            if (ALPHABET.indexOf(value.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
