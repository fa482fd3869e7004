package dev.daveloper.stored.cache;

import com.github.luben.zstd.Zstd;
import java.util.Arrays;
import java.util.Optional;
import net.jpountz.lz4.LZ4Factory;

/**
 * How a stored entry is compressed; its number stands in front of it and never changes.
 *
 * <p>Measured on passages of documents as JSON, on a busy machine, so that only the proportions say something: at 1 KiB
 * LZ4 leaves 62 % and Zstandard 46 %, which takes ten times as long to make and forty times as long to read; at 16 KiB
 * they leave 46 % and 28 %, and take as long to make. Below 1 KiB neither spares more than a few hundred bytes, and
 * above 16 KiB the network takes longer for what LZ4 leaves than Zstandard for sparing it.
 */
enum Codec {
    RAW(0) {
        @Override
        byte[] compress(byte[] raw) {
            return raw;
        }

        @Override
        byte[] decompress(byte[] form, int from, int length, int rawLength) {
            return Arrays.copyOfRange(form, from, from + length);
        }
    },
    LZ4(1) {
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
    ZSTD(2) {
        @Override
        byte[] compress(byte[] raw) {
            return Zstd.compress(raw, ZSTD_LEVEL);
        }

        @Override
        byte[] decompress(byte[] form, int from, int length, int rawLength) {
            if (!Zstandard.HERE) {
                return EMPTY;
            }
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

    private final byte number;

    Codec(int number) {
        this.number = (byte) number;
    }

    static Codec forLength(int rawLength) {
        if (rawLength < LZ4_FROM_BYTES) {
            return RAW;
        }
        return rawLength <= ZSTD_FROM_BYTES || !Zstandard.HERE ? LZ4 : ZSTD;
    }

    /** Whether its library could be loaded: not every platform has one, and it needs a folder to be written to. */
    private static final class Zstandard {
        static final boolean HERE = isHere();

        private static boolean isHere() {
            try {
                return Zstd.compressBound(1) > 0;
            } catch (LinkageError e) {
                return false;
            }
        }
    }

    static Optional<Codec> of(int number) {
        return Arrays.stream(values()).filter(codec -> codec.number == number).findFirst();
    }

    byte number() {
        return number;
    }

    abstract byte[] compress(byte[] raw);

    /** Something of another length, or an exception, where that is not what {@link #compress} made. */
    abstract byte[] decompress(byte[] form, int from, int length, int rawLength);
}
