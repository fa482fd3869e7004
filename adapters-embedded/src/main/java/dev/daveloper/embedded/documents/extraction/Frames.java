package dev.daveloper.embedded.documents.extraction;

import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.embedded.documents.ExtractedText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** What is in the frames. */
final class Frames {
    /** Each takes two bytes. */
    private static final int TEXT_CHARS = Frame.MAX_BYTES / 2;

    private static final int PAGE_STARTS = Frame.MAX_BYTES / Integer.BYTES;
    private static final int MAX_DETAIL_CHARS = 500;

    private Frames() {}

    record Request(Path file, MediaKind kind, ReadingBounds bounds) {}

    static Frame request(Request request) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(request.file().toAbsolutePath().toString());
            out.writeUTF(request.kind().name());
            out.writeInt(request.bounds().maxTextChars());
            out.writeLong(request.bounds().maxUnpackedBytes());
            out.writeInt(request.bounds().maxRatio());
            out.writeInt(request.bounds().maxEntries());
        }
        return new Frame(Frame.Type.REQUEST, bytes.toByteArray());
    }

    static Request requestIn(Frame frame) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame.content()))) {
            return new Request(
                    Path.of(in.readUTF()),
                    MediaKind.valueOf(in.readUTF()),
                    new ReadingBounds(in.readInt(), in.readLong(), in.readInt(), in.readInt()));
        }
    }

    static Frame progress(double done) {
        return new Frame(
                Frame.Type.PROGRESS,
                ByteBuffer.allocate(Double.BYTES).putDouble(done).array());
    }

    static double progressIn(Frame frame) {
        return ByteBuffer.wrap(frame.content()).getDouble();
    }

    static Frame refused(DocumentRefused refused) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(refused.code().name());
            String detail = String.valueOf(refused.getMessage());
            out.writeUTF(detail.substring(0, Math.min(detail.length(), MAX_DETAIL_CHARS)));
        }
        return new Frame(Frame.Type.REFUSED, bytes.toByteArray());
    }

    static DocumentRefused refusalIn(Frame frame) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame.content()))) {
            FailureCode code = FailureCode.valueOf(in.readUTF());
            if (!code.name().startsWith("DOCUMENT_")) {
                throw new IOException("a refusal with the code " + code);
            }
            String detail = in.readUTF();
            return new DocumentRefused(code, detail.substring(0, Math.min(detail.length(), MAX_DETAIL_CHARS)));
        }
    }

    /** Sends a text in as many frames as it needs. */
    static void writeResult(ExtractedText text, DataOutputStream out) throws IOException {
        String markdown = text.markdown();
        List<Integer> starts = text.pageStarts();
        byte[] sizes = ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(markdown.length())
                .putInt(starts.size())
                .array();
        new Frame(Frame.Type.RESULT, sizes).writeTo(out);
        for (int from = 0; from < markdown.length(); from += TEXT_CHARS) {
            int to = Math.min(markdown.length(), from + TEXT_CHARS);
            ByteBuffer chars = ByteBuffer.allocate((to - from) * Character.BYTES);
            chars.asCharBuffer().put(markdown, from, to);
            new Frame(Frame.Type.TEXT, chars.array()).writeTo(out);
        }
        for (int from = 0; from < starts.size(); from += PAGE_STARTS) {
            List<Integer> some = starts.subList(from, Math.min(starts.size(), from + PAGE_STARTS));
            ByteBuffer numbers = ByteBuffer.allocate(some.size() * Integer.BYTES);
            some.forEach(numbers::putInt);
            new Frame(Frame.Type.PAGES, numbers.array()).writeTo(out);
        }
        new Frame(Frame.Type.DONE, new byte[0]).writeTo(out);
    }
}
