package dev.daveloper.bootstrap.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Backups with nothing in them that a gateway could use, but whole. */
final class Backups {
    private Backups() {}

    static byte[] of(long entries, String content) {
        byte[] kept = content.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + kept.length + 1 + Long.BYTES + 32);
        file.put("DVCACHE".getBytes(StandardCharsets.US_ASCII)).put(BackupCheck.VERSION);
        file.put(kept).put((byte) 0).putLong(entries);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(file.array(), 0, file.position());
            return file.put(digest.digest()).array();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
