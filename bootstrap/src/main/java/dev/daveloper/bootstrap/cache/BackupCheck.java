package dev.daveloper.bootstrap.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Tells of bytes that go by whether they are a backup that is whole. It begins with a head and the version of its form,
 * and ends with how many entries it has, as a big-endian number of eight bytes, and the SHA-256 of all before. What is
 * between concerns the gateway alone. Not safe for use by several threads.
 */
final class BackupCheck {
    static final byte VERSION = 1;

    private static final byte[] HEAD = "DVCACHE".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST_BYTES = 32;
    private static final int TAIL_BYTES = Long.BYTES + DIGEST_BYTES;
    private static final int END_MARK_BYTES = 1;
    private static final int LEAST_BYTES = HEAD.length + 1 + END_MARK_BYTES + TAIL_BYTES;

    private final MessageDigest digest = sha256();
    private final byte[] head = new byte[HEAD.length + 1];
    /** The last bytes so far, which are not digested yet: the number of entries and the SHA-256 if it ended here. */
    private byte[] tail = {};

    private long bytes;

    /** What was found. */
    sealed interface Verdict {
        record Whole(long entries) implements Verdict {}

        record NoBackup() implements Verdict {}

        record OtherVersion(int version) implements Verdict {}

        /** Cut off or altered. */
        record Broken() implements Verdict {}
    }

    void add(byte[] buffer, int length) {
        if (bytes < head.length) {
            int missing = (int) Math.min(head.length - bytes, length);
            System.arraycopy(buffer, 0, head, (int) bytes, missing);
        }
        bytes += length;
        byte[] together = Arrays.copyOf(tail, tail.length + length);
        System.arraycopy(buffer, 0, together, tail.length, length);
        int settled = Math.max(0, together.length - TAIL_BYTES);
        digest.update(together, 0, settled);
        tail = Arrays.copyOfRange(together, settled, together.length);
    }

    long bytes() {
        return bytes;
    }

    /** When nothing comes any more; may be asked once. */
    Verdict verdict() {
        if (bytes < head.length || !Arrays.equals(head, 0, HEAD.length, HEAD, 0, HEAD.length)) {
            return new Verdict.NoBackup();
        }
        if (head[HEAD.length] != VERSION) {
            return new Verdict.OtherVersion(head[HEAD.length]);
        }
        if (bytes < LEAST_BYTES) {
            return new Verdict.Broken();
        }
        digest.update(tail, 0, Long.BYTES);
        byte[] said = Arrays.copyOfRange(tail, Long.BYTES, TAIL_BYTES);
        return MessageDigest.isEqual(digest.digest(), said)
                ? new Verdict.Whole(ByteBuffer.wrap(tail).getLong())
                : new Verdict.Broken();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
