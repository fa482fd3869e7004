package dev.daveloper.domain.sessions;

import dev.daveloper.domain.failures.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The secret that proves a session: 256 random bits in unpadded base64url. Only its hash is ever stored, and it is
 * never printed.
 */
public record SessionToken(String value) {
    private static final int BYTES = 32;
    private static final int CHARS = 43;

    public SessionToken {
        if (value.length() != CHARS || !isBase64Url(value)) {
            throw new InvalidValue("session token", "***", CHARS + " characters of base64url");
        }
    }

    /** @param random must be cryptographically strong */
    public static SessionToken next(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new SessionToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** What a store keeps and looks up; 256 random bits need no salt and no slow hash. */
    public TokenHash hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
            return new TokenHash(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }

    private static boolean isBase64Url(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!isBase64Url(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBase64Url(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
