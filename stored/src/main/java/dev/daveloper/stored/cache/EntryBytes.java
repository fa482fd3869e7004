package dev.daveloper.stored.cache;

import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Content;
import dev.daveloper.domain.cache.Entry;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.sessions.SessionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** An entry as bytes: texts as {@link DataOutputStream#writeUTF} writes them, times in nanoseconds. */
final class EntryBytes {
    /** What is said about a content is seldom longer. */
    private static final int USUAL_HEAD_BYTES = 512;

    private EntryBytes() {}

    static byte[] write(StoredEntry stored) {
        Entry entry = stored.entry();
        byte[] content = entry.content().bytes();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length + USUAL_HEAD_BYTES);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(stored.key().namespace());
            out.writeUTF(stored.key().owner().map(SessionId::value).orElse(""));
            out.writeUTF(stored.key().name());
            writeTexts(out, entry.tags().stream().map(Tag::value).sorted().toList());
            writeTexts(out, stored.versions());
            out.writeLong(entry.freshness().ttl().toNanos());
            out.writeLong(entry.freshness().whileRevalidate().toNanos());
            out.writeLong(entry.freshness().ifError().toNanos());
            Instant storedAt = entry.storedAt();
            out.writeLong(storedAt.getEpochSecond());
            out.writeInt(storedAt.getNano());
            out.writeLong(entry.madeIn().toNanos());
            out.writeUTF(entry.content().mediaType());
            out.writeUTF(entry.content().digest());
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Empty where it is no entry, or its content is not what its digest says. */
    static Optional<StoredEntry> read(byte[] raw) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(raw))) {
            CacheKey key = readKey(in);
            List<Tag> tags = readTexts(in).stream().map(Tag::new).toList();
            List<String> versions = readTexts(in);
            Freshness freshness = new Freshness(readTime(in), readTime(in), readTime(in));
            Instant storedAt = Instant.ofEpochSecond(in.readLong(), in.readInt());
            Duration madeIn = readTime(in);
            String mediaType = in.readUTF();
            String digest = in.readUTF();
            Content content = new Content(mediaType, in.readAllBytes(), digest);
            return content.isIntact()
                    ? Optional.of(new StoredEntry(
                            key, new Entry(content, new HashSet<>(tags), freshness, storedAt, madeIn), versions))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static CacheKey readKey(DataInputStream in) throws IOException {
        String namespace = in.readUTF();
        String owner = in.readUTF();
        return new CacheKey(
                namespace, owner.isEmpty() ? Optional.empty() : Optional.of(new SessionId(owner)), in.readUTF());
    }

    private static Duration readTime(DataInputStream in) throws IOException {
        return Duration.ofNanos(in.readLong());
    }

    private static void writeTexts(DataOutputStream out, Collection<String> texts) throws IOException {
        out.writeByte(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    private static List<String> readTexts(DataInputStream in) throws IOException {
        int size = in.readUnsignedByte();
        List<String> texts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }
}
