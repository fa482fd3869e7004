package dev.daveloper.stored.cache;

import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Content;
import dev.daveloper.domain.cache.Entry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * An entry as it is stored: which version of this form it is, which codec, how long it is without it, the entry, and a
 * checksum over all that. It is compressed where that spares at least an eighth.
 *
 * <p>Whatever was cut, altered or written by a later version is no entry; nothing that it says is believed before its
 * checksum is right, and no more memory is taken for it than an entry may have.
 *
 * @param versions those of the store and of the entry's tags when it was asked for
 */
public record StoredEntry(CacheKey key, Entry entry, List<String> versions) {
    /** The first byte of the form. */
    static final byte VERSION = 1;

    /** What a form without compression may have at most: a content, and what is said about it. */
    static final int MAX_RAW_BYTES = Content.MAX_BYTES + 64 * 1024;

    private static final int HEAD_BYTES = 2 + Integer.BYTES;
    private static final int CHECKSUM_BYTES = Integer.BYTES;

    /** What compression must spare at least of the whole: one part of so many. */
    private static final int WORTHWHILE_PART = 8;

    public StoredEntry {
        versions = List.copyOf(versions);
    }

    /** @param sparedBytes how much shorter compression has made it */
    @SuppressWarnings("ArrayRecordComponent")
    public record Form(byte[] bytes, int sparedBytes) {}

    public Form form() {
        byte[] raw = EntryBytes.write(this);
        Codec codec = Codec.forLength(raw.length);
        byte[] body = codec.compress(raw);
        if (body.length > raw.length - raw.length / WORTHWHILE_PART) {
            codec = Codec.RAW;
            body = raw;
        }
        ByteBuffer form = ByteBuffer.allocate(HEAD_BYTES + body.length + CHECKSUM_BYTES);
        form.put(VERSION).put(codec.number()).putInt(raw.length).put(body);
        form.putInt(checksum(form.array()));
        return new Form(form.array(), raw.length - body.length);
    }

    /** Empty where this is no entry, or not one that this version knows. */
    public static Optional<StoredEntry> read(byte[] form) {
        int body = form.length - HEAD_BYTES - CHECKSUM_BYTES;
        if (body < 0 || form[0] != VERSION) {
            return Optional.empty();
        }
        ByteBuffer said = ByteBuffer.wrap(form);
        int rawLength = said.getInt(2);
        if (said.getInt(form.length - CHECKSUM_BYTES) != checksum(form) || rawLength < 0 || rawLength > MAX_RAW_BYTES) {
            return Optional.empty();
        }
        return Codec.of(form[1])
                .flatMap(codec -> decompressed(codec, form, body, rawLength))
                .flatMap(EntryBytes::read);
    }

    private static Optional<byte[]> decompressed(Codec codec, byte[] form, int length, int rawLength) {
        try {
            byte[] raw = codec.decompress(form, HEAD_BYTES, length, rawLength);
            return raw.length == rawLength ? Optional.of(raw) : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static int checksum(byte[] form) {
        CRC32C checksum = new CRC32C();
        checksum.update(form, 0, form.length - CHECKSUM_BYTES);
        return (int) checksum.getValue();
    }
}
