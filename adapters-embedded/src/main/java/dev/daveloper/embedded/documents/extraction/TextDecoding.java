package dev.daveloper.embedded.documents.extraction;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Which characters a text file's bytes are: what its byte order mark says, else UTF-8 where all of it is, else what it
 * declares, else what its bytes look most like.
 */
final class TextDecoding {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MARK_BYTES = 4;

    private TextDecoding() {}

    /**
     * @param declared what the file says about itself, believed only where it is not UTF-8
     * @throws dev.daveloper.domain.failures.DocumentRefused when the bytes are no text
     */
    static Reader open(Path file, Optional<String> declared, DoubleConsumer progress) throws IOException {
        Mark mark = markOf(file);
        Charset charset = mark.charset() != null ? mark.charset() : charsetOf(file, declared);
        InputStream bytes = new Counted(Files.newInputStream(file), Files.size(file), progress);
        bytes.skipNBytes(mark.length());
        // A character that the end of the file has cut is left out; all else was shown to be right or is told.
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(mark.charset() != null ? CodingErrorAction.REPLACE : CodingErrorAction.IGNORE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        return new InputStreamReader(new BufferedInputStream(bytes, BUFFER_BYTES), decoder);
    }

    private record Mark(@org.jspecify.annotations.Nullable Charset charset, int length) {}

    private static Mark markOf(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(MARK_BYTES);
        }
        if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
            return new Mark(StandardCharsets.UTF_8, 3);
        }
        if (startsWith(head, 0xFF, 0xFE, 0, 0)) {
            return new Mark(Charset.forName("UTF-32LE"), 4);
        }
        if (startsWith(head, 0, 0, 0xFE, 0xFF)) {
            return new Mark(Charset.forName("UTF-32BE"), 4);
        }
        if (startsWith(head, 0xFF, 0xFE)) {
            return new Mark(StandardCharsets.UTF_16LE, 2);
        }
        if (startsWith(head, 0xFE, 0xFF)) {
            return new Mark(StandardCharsets.UTF_16BE, 2);
        }
        return new Mark(null, 0);
    }

    private static boolean startsWith(byte[] head, int... mark) {
        if (head.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((head[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Charset charsetOf(Path file, Optional<String> declared) throws IOException {
        if (isAll(file, StandardCharsets.UTF_8)) {
            return StandardCharsets.UTF_8;
        }
        Optional<Charset> said = declared.flatMap(TextDecoding::named);
        if (said.isPresent() && isAll(file, said.get())) {
            return said.get();
        }
        String looksLike;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            looksLike = UniversalDetector.detectCharset(in);
        }
        Charset detected =
                Optional.ofNullable(looksLike).flatMap(TextDecoding::named).orElse(Charset.forName("windows-1252"));
        if (isAll(file, detected)) {
            return detected;
        }
        throw Refusals.unreadable("The file is no text in any encoding that can be told. Save it as UTF-8.");
    }

    private static Optional<Charset> named(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    /** Whether every byte has a meaning in it; the last character may be cut. */
    private static boolean isAll(Path file, Charset charset) throws IOException {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES);
        CharBuffer chars = CharBuffer.allocate(BUFFER_BYTES);
        try (InputStream in = Files.newInputStream(file)) {
            while (true) {
                int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                if (read < 0) {
                    return true;
                }
                bytes.limit(bytes.position() + read).position(0);
                CoderResult result = decoder.decode(bytes, chars, false);
                while (result.isOverflow()) {
                    chars.clear();
                    result = decoder.decode(bytes, chars, false);
                }
                if (result.isError()) {
                    return false;
                }
                bytes.compact();
                chars.clear();
            }
        }
    }

    /** Tells how much was read. */
    private static final class Counted extends FilterInputStream {
        private final long size;
        private final DoubleConsumer progress;
        private long done;

        Counted(InputStream in, long size, DoubleConsumer progress) {
            super(in);
            this.size = size;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? -1 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            count(read);
            return read;
        }

        private void count(int read) {
            if (read > 0) {
                done += read;
                progress.accept(Math.min(1.0, (double) done / Math.max(1, size)));
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new GivenUp();
            }
        }
    }
}
