package dev.daveloper.application.cache;

import dev.daveloper.application.cache.out.Cache.Kept;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Content;
import dev.daveloper.domain.cache.Entry;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.sessions.SessionId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Entries in a file, one after the other: a head with the version of the form, then each entry, then a mark, how many
 * there were, and the SHA-256 of all before it. Numbers are big-endian, texts as {@link DataOutputStream#writeUTF} has
 * them. {@code docs/guides/caching.md} says it for other readers.
 */
final class BackupFile {
    static final byte VERSION = 1;

    private static final byte[] HEAD = {'D', 'V', 'C', 'A', 'C', 'H', 'E', VERSION};
    private static final int DIGEST_BYTES = 32;
    private static final byte ENTRY = 1;
    private static final byte END = 0;

    private BackupFile() {}

    /** Writes a file. Not safe for use by several threads. */
    static final class Writing {
        private final DigestOutputStream digested;
        private final DataOutputStream out;
        private final MessageDigest digest = sha256();
        private long entries;

        Writing(OutputStream to) throws IOException {
            digested = new DigestOutputStream(to, digest);
            out = new DataOutputStream(digested);
            out.write(HEAD);
        }

        void add(Kept kept) throws IOException {
            Entry entry = kept.entry();
            out.writeByte(ENTRY);
            out.writeUTF(kept.key().namespace());
            out.writeUTF(kept.key().owner().map(SessionId::value).orElse(""));
            out.writeUTF(kept.key().name());
            out.writeByte(entry.tags().size());
            for (Tag tag : entry.tags()) {
                out.writeUTF(tag.value());
            }
            out.writeLong(entry.freshness().ttl().toNanos());
            out.writeLong(entry.freshness().whileRevalidate().toNanos());
            out.writeLong(entry.freshness().ifError().toNanos());
            Instant storedAt = entry.storedAt();
            out.writeLong(storedAt.getEpochSecond());
            out.writeInt(storedAt.getNano());
            out.writeLong(entry.madeIn().toNanos());
            out.writeUTF(entry.content().mediaType());
            out.writeUTF(entry.content().digest());
            out.writeInt(entry.content().bytes().length);
            out.write(entry.content().bytes());
            entries++;
        }

        /** How many entries it has; nothing can be added any more. */
        long finish() throws IOException {
            out.writeByte(END);
            out.writeLong(entries);
            out.flush();
            digested.on(false);
            out.write(digest.digest());
            out.flush();
            return entries;
        }
    }

    /** Reads a file. Not safe for use by several threads. */
    static final class Reading {
        private final DigestInputStream digested;
        private final DataInputStream in;
        private final MessageDigest digest = sha256();
        private long entries;

        /** @throws InvalidRequest when it is no backup of a version that this program reads */
        Reading(InputStream from) throws IOException {
            digested = new DigestInputStream(from, digest);
            in = new DataInputStream(digested);
            byte[] head = in.readNBytes(HEAD.length);
            if (head.length == HEAD.length
                    && Arrays.equals(head, 0, HEAD.length - 1, HEAD, 0, HEAD.length - 1)
                    && head[HEAD.length - 1] != VERSION) {
                throw broken("is of version " + head[HEAD.length - 1] + ", and this program reads version " + VERSION);
            }
            if (!Arrays.equals(head, HEAD)) {
                throw broken("is no backup of a cache");
            }
        }

        /**
         * The next entry; null after the last one, when the file has shown to be whole.
         *
         * @throws InvalidRequest when it is not
         */
        @Nullable
        Kept next() throws IOException {
            try {
                byte mark = in.readByte();
                if (mark == ENTRY) {
                    entries++;
                    return entry();
                }
                if (mark != END || in.readLong() != entries) {
                    throw broken("is damaged after entry " + entries);
                }
                digested.on(false);
                byte[] expected = digest.digest();
                if (!MessageDigest.isEqual(expected, in.readNBytes(DIGEST_BYTES)) || in.read() != -1) {
                    throw broken("is damaged: its checksum is another");
                }
                return null;
            } catch (EOFException e) {
                throw broken("ends in the midst, after " + entries + " entries");
            } catch (InvalidValue | IllegalArgumentException | UTFDataFormatException e) {
                throw broken("is damaged at entry " + entries);
            }
        }

        private Kept entry() throws IOException {
            String namespace = in.readUTF();
            String owner = in.readUTF();
            CacheKey key = new CacheKey(
                    namespace, owner.isEmpty() ? Optional.empty() : Optional.of(new SessionId(owner)), in.readUTF());
            int count = in.readByte();
            Set<Tag> tags = new HashSet<>();
            for (int i = 0; i < count; i++) {
                tags.add(new Tag(in.readUTF()));
            }
            Freshness freshness = new Freshness(nanos(), nanos(), nanos());
            Instant storedAt = Instant.ofEpochSecond(Math.floorMod(in.readLong(), 1L << 40), in.readInt());
            Duration madeIn = nanos();
            String mediaType = in.readUTF();
            String digestOfContent = in.readUTF();
            int length = in.readInt();
            if (length < 0 || length > Content.MAX_BYTES) {
                throw broken("is damaged at entry " + entries);
            }
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException();
            }
            Content content = new Content(mediaType, bytes, digestOfContent);
            if (!content.isIntact()) {
                throw broken("is damaged at entry " + entries);
            }
            return new Kept(key, new Entry(content, tags, freshness, storedAt, madeIn));
        }

        private Duration nanos() throws IOException {
            return Duration.ofNanos(in.readLong());
        }
    }

    private static InvalidRequest broken(String what) {
        return new InvalidRequest("#", "The file " + what + ".");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
