package dev.daveloper.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the paced agent says: words that are the microsecond in which they were said. */
final class Words {
    private static final byte[] DELTA = "data: {\"type\":\"text.delta\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TEXT = "\"text\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "event: run.finished".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WHOLE = "\"outcome\":\"completed\"".getBytes(StandardCharsets.US_ASCII);
    private static final long NANOS_OF_A_MICRO = 1_000;

    private Words() {}

    static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** Records how old each word of a text is; a text may be several that a slow viewer was given as one. */
    static int age(String text, Moments ages) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return age(bytes, 0, bytes.length, ages);
    }

    private static int age(byte[] bytes, int start, int end, Moments ages) {
        long now = nowMicros();
        int words = 0;
        long said = 0;
        for (int i = start; i < end && bytes[i] != '"'; i++) {
            if (bytes[i] == ' ') {
                ages.add((now - said) * NANOS_OF_A_MICRO);
                words++;
                said = 0;
            } else {
                said = said * 10 + bytes[i] - '0';
            }
        }
        return words;
    }

    /** Told after the first word, once. */
    @FunctionalInterface
    interface First {
        void came();
    }

    /** Reads an answer that is streamed, to its end, and says how many words came. */
    static int readStream(HttpLine line, Moments ages, First first) throws IOException {
        int status = line.head();
        if (status != 200) {
            throw new IOException("not streamed: " + status + " " + line.body());
        }
        int words = 0;
        boolean ended = false;
        boolean whole = false;
        for (int length = line.nextLine(); length >= 0; length = line.nextLine()) {
            byte[] bytes = line.bytes();
            if (startsWith(bytes, length, DELTA)) {
                if (words == 0) {
                    first.came();
                }
                words += age(bytes, indexOf(bytes, length, TEXT) + TEXT.length, length, ages);
            } else if (ended) {
                whole |= indexOf(bytes, length, WHOLE) >= 0;
            } else {
                ended = startsWith(bytes, length, END);
            }
        }
        if (!whole) {
            throw new IOException("a stream without a good ending, after " + words + " words");
        }
        return words;
    }

    private static boolean startsWith(byte[] bytes, int length, byte[] start) {
        return length >= start.length && java.util.Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private static int indexOf(byte[] bytes, int length, byte[] wanted) {
        for (int i = 0; i + wanted.length <= length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
