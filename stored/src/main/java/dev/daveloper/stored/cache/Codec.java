package dev.daveloper.stored.cache;

import com.github.luben.zstd.Zstd;
import java.util.Arrays;
import java.util.Optional;
import net.jpountz.lz4.LZ4Factory;

/** How a stored entry is compressed; its number stands in front of it and never changes. */
enum Codec {
    RAW {
        @Override
        byte[] compress(byte[] raw) {
            return raw;
        }

        @Override
        byte[] decompress(byte[] form, int from, int length, int rawLength) {
            return Arrays.copyOfRange(form, from, from + length);
        }
    },
    LZ4 {
        @Override
        byte[] compress(byte[] raw) {
            return LZ4Factory.fastestInstance().fastCompressor().compress(raw);
        }

        @Override
        byte[] decompress(byte[] form, int from, int length, int rawLength) {
            byte[] raw = new byte[rawLength];
            int filled = LZ4Factory.fastestInstance().safeDecompressor().decompress(form, from, length, raw, 0);
            return filled == rawLength ? raw : EMPTY;
        }
    },
    ZSTD {
        @Override
        byte[] compress(byte[] raw) {
            return Zstd.compress(raw, ZSTD_LEVEL);
        }

        @Override
        byte[] decompress(byte[] form, int from, int length, int rawLength) {
            byte[] raw = new byte[rawLength];
            long filled = Zstd.decompressByteArray(raw, 0, rawLength, form, from, length);
            return filled == rawLength ? raw : EMPTY;
        }
    };

    /** Shorter ones are not worth the time. */
    static final int LZ4_FROM_BYTES = 1024;

    /** From here on what it spares is worth the time it takes. */
    static final int ZSTD_FROM_BYTES = 16 * 1024;

    private static final int ZSTD_LEVEL = 1;
    private static final byte[] EMPTY = new byte[0];

    static Codec forLength(int rawLength) {
        if (rawLength < LZ4_FROM_BYTES) {
            return RAW;
        }
        return rawLength <= ZSTD_FROM_BYTES ? LZ4 : ZSTD;
    }

    static Optional<Codec> of(int number) {
        return number >= 0 && number < values().length ? Optional.of(values()[number]) : Optional.empty();
    }

    byte number() {
        return (byte) ordinal();
    }

    abstract byte[] compress(byte[] raw);

    /** Something of another length, or an exception, where that is not what {@link #compress} made. */
    abstract byte[] decompress(byte[] form, int from, int length, int rawLength);
}
