package dev.daveloper.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names for what is not to be stored itself. */
public final class Sha256 {
    private static final int BYTES = 32;

    private Sha256() {}

    /** The whole of it, in hexadecimal. */
    public static String hex(String text) {
        return hex(text, BYTES);
    }

    /** Its first bytes, in hexadecimal. */
    static String hex(String text, int bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
