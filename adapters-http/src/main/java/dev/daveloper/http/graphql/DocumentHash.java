package dev.daveloper.http.graphql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a document is called by: the SHA-256 of its text in UTF-8.
 *
 * @param hex {@value #HEX_CHARS} lower-case hexadecimal digits
 */
record DocumentHash(String hex) {
    private static final int HEX_CHARS = 64;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{" + HEX_CHARS + "}");

    static DocumentHash of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new DocumentHash(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Empty for what is none. */
    static Optional<DocumentHash> read(String hex) {
        return FORM.matcher(hex).matches() ? Optional.of(new DocumentHash(hex)) : Optional.empty();
    }

    @Override
    public String toString() {
        return hex;
    }
}
