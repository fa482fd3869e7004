package dev.daveloper.embedded.documents.extraction;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What parent and child send one another: a byte for the type, four for the length, and the content. A content that is
 * longer than {@value #MAX_BYTES} bytes is never sent and never read.
 */
@SuppressWarnings({
    "ArrayRecordComponent", // Handed on once, and never compared.
    "EnumOrdinal" // Both sides are of one build: a child is started from its parent's class path.
})
record Frame(Type type, byte[] content) {
    static final int MAX_BYTES = 1 << 19;

    /** In the order of their codes on the wire. */
    enum Type {
        /** The child is ready; empty. */
        HELLO,
        /** To the child: read this. */
        REQUEST,
        /** How much is done: a double. */
        PROGRESS,
        /** How much text follows, and how many pages: two integers. */
        RESULT,
        /** The next part of the text, in UTF-16. */
        TEXT,
        /** The next page starts, as integers. */
        PAGES,
        /** That was all; empty. */
        DONE,
        /** Instead of a result: the code and the detail. */
        REFUSED,
        /** The child's output has ended; not sent. */
        END
    }

    void writeTo(DataOutputStream out) throws IOException {
        if (content.length > MAX_BYTES) {
            throw new IOException("a frame of " + content.length + " bytes, at most " + MAX_BYTES);
        }
        out.writeByte(type.ordinal());
        out.writeInt(content.length);
        out.write(content);
    }

    /** @throws java.io.EOFException when the other side has ended */
    static Frame readFrom(DataInputStream in) throws IOException {
        int code = in.readUnsignedByte();
        int length = in.readInt();
        if (code >= Type.values().length || length < 0 || length > MAX_BYTES) {
            throw new IOException("not a frame: type " + code + ", length " + length);
        }
        return new Frame(Type.values()[code], in.readNBytes(length));
    }
}
