package dev.daveloper.http;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What chance makes of a corpus: parts are lost, changed, doubled, piled up, and mixed with those of others. */
final class Mutations {
    private static final int MAX_BYTES = 100_000;
    private static final int MAX_PILE = 2_000;
    private static final int MAX_STEPS = 4;
    /** Where readers tend to err: ends of ranges, halves of characters, what ends or begins something. */
    private static final int[] ODD_BYTES = {
        0, 1, '\t', '\n', '\r', ' ', '"', ',', '-', ':', '\\', 0x7f, 0x80, 0xc3, 0xff
    };

    private final List<byte[]> corpus;
    private final Random random;

    Mutations(List<byte[]> corpus, long seed) {
        this.corpus = corpus;
        this.random = new Random(seed);
    }

    byte[] next() {
        byte[] input = any();
        for (int steps = 1 + random.nextInt(MAX_STEPS); steps > 0; steps--) {
            input = changed(input);
        }
        return Arrays.copyOf(input, Math.min(input.length, MAX_BYTES));
    }

    private byte[] changed(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int to = from + random.nextInt(Math.min(input.length - from, 64) + 1);
        byte[] part = Arrays.copyOfRange(input, from, to);
        return switch (random.nextInt(6)) {
            case 0 -> joined(input, from, new byte[0], to);
            case 1 -> joined(input, from, new byte[] {(byte) ODD_BYTES[random.nextInt(ODD_BYTES.length)]}, to);
            case 2 -> joined(input, from, new byte[] {(byte) random.nextInt(256)}, from);
            case 3 -> joined(input, from, piled(part, 1 + random.nextInt(3)), from);
            case 4 -> joined(input, from, piled(part, random.nextInt(MAX_PILE)), to);
            default -> joined(input, from, pieceOf(any()), to);
        };
    }

    private byte[] any() {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private byte[] pieceOf(byte[] other) {
        int from = random.nextInt(other.length + 1);
        return Arrays.copyOfRange(other, from, from + random.nextInt(other.length - from + 1));
    }

    private static byte[] piled(byte[] part, int times) {
        ByteArrayOutputStream pile = new ByteArrayOutputStream();
        for (int i = 0; i < times && pile.size() < MAX_BYTES; i++) {
            pile.writeBytes(part);
        }
        return pile.toByteArray();
    }

    private static byte[] joined(byte[] input, int from, byte[] middle, int to) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(input, 0, from);
        joined.writeBytes(middle);
        joined.write(input, to, input.length - to);
        return joined.toByteArray();
    }
}
