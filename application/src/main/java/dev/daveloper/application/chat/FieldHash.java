package dev.daveloper.application.chat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of some fields, each with its length before it, so that no two rows of fields are the same bytes. Texts
 * are taken to the character, also where UTF-8 could not write them.
 */
final class FieldHash {
    private final MessageDigest digest;

    FieldHash() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    FieldHash add(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + text.length() * Character.BYTES);
        bytes.putInt(text.length());
        bytes.asCharBuffer().put(text);
        digest.update(bytes.array());
        return this;
    }

    FieldHash add(long number) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
        return this;
    }

    /** Ends it. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
