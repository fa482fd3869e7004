package dev.daveloper.domain.cache;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What is kept: bytes, of what kind they are, and what names exactly these bytes.
 *
 * @param bytes not changed by anybody
 * @param digest the beginning of their SHA-256 in hexadecimal, {@value #DIGEST_CHARS} characters
 */
@SuppressWarnings("ArrayRecordComponent")
public record Content(String mediaType, byte[] bytes, String digest) {
    /** Longer ones are not kept. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    public static final int DIGEST_CHARS = 32;

    public static Content of(String mediaType, byte[] bytes) {
        return new Content(mediaType, bytes, digestOf(bytes));
    }

    /** Whether the digest is the bytes' own: not for what went wrong on its way. */
    public boolean isIntact() {
        return digestOf(bytes).equals(digest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content content
                && mediaType.equals(content.mediaType)
                && Arrays.equals(bytes, content.bytes);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return mediaType + ", " + bytes.length + " bytes";
    }

    private static String digestOf(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, DIGEST_CHARS / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
