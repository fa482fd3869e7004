package dev.daveloper.embedded.documents.extraction;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;

/** Files made to harm who reads them. */
final class HostileFiles {
    private static final int BLOCK_BYTES = 1 << 20;

    private HostileFiles() {}

    /** An archive of this kind with a part in it that unpacks to so many MiB of zeros, while its header lies. */
    static byte[] bomb(byte[] archive, int mebibytes) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (Map.Entry<String, byte[]> part : ZipFiles.parts(archive).entrySet()) {
            parts.add(new Part(part.getKey(), deflated(part.getValue()), part.getValue().length));
        }
        parts.add(new Part("media/zeros.bin", zeros(mebibytes), 1_000));
        return zip(parts);
    }

    /** An archive with so many further parts of one MiB, each harmless alone. */
    static byte[] manyLargeParts(byte[] archive, int count) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>(ZipFiles.parts(archive));
        byte[] mebibyte = new byte[BLOCK_BYTES];
        for (int i = 0; i < count; i++) {
            parts.put("media/part" + i + ".bin", mebibyte);
        }
        return ZipFiles.zip(parts);
    }

    static byte[] manyParts(byte[] archive, int count) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>(ZipFiles.parts(archive));
        for (int i = 0; i < count; i++) {
            parts.put("media/part" + i, new byte[0]);
        }
        return ZipFiles.zip(parts);
    }

    /** An archive in which an archive is embedded, and so on, down to a bomb. */
    static byte[] nestedBombs(byte[] archive, String name, int depth) throws IOException {
        byte[] inner = zip(List.of(new Part("zeros.bin", zeros(512), 512 << 20)));
        for (int i = 0; i < depth; i++) {
            inner = ZipFiles.zip(Map.of("inner.zip", inner));
        }
        return ZipFiles.with(archive, name, inner);
    }

    /** Entities that grow to three thousand million laughs. */
    static String billionLaughs() {
        StringBuilder doctype = new StringBuilder("<!DOCTYPE x [<!ENTITY l0 \"laugh\">");
        for (int i = 1; i < 10; i++) {
            doctype.append("<!ENTITY l")
                    .append(i)
                    .append(" \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return doctype.append("<!ENTITY x \"&l9;&l9;&l9;\">]>").toString();
    }

    /** An entity, a schema and parameters that are to be fetched from this address. */
    static String externalEntity(String address) {
        return "<!DOCTYPE x SYSTEM \"" + address + "/dtd\" [<!ENTITY % p SYSTEM \"" + address + "/parameter\">%p;"
                + "<!ENTITY x SYSTEM \"" + address + "/entity\">]>";
    }

    /** An entity that stands for this file. */
    static String fileEntity(String fileUri) {
        return "<!DOCTYPE x [<!ENTITY x SYSTEM \"" + fileUri + "\">]>";
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Part(String name, byte[] deflated, int saidSize) {}

    /** The same block over and over, so that making a bomb costs nothing either. */
    private static byte[] zeros(int mebibytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            byte[] buffer = new byte[1 << 16];
            deflater.setInput(new byte[BLOCK_BYTES]);
            int length = deflater.deflate(buffer, 0, buffer.length, Deflater.FULL_FLUSH);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int i = 0; i < mebibytes; i++) {
                out.write(buffer, 0, length);
            }
            out.writeBytes(new byte[] {3, 0});
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(content);
            deflater.finish();
            byte[] out = new byte[content.length + 1_000];
            int length = deflater.deflate(out);
            return java.util.Arrays.copyOf(out, length);
        } finally {
            deflater.end();
        }
    }

    private static byte[] zip(List<Part> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        try {
            for (Part part : parts) {
                int offset = out.size();
                out.writeBytes(header(part, 0x04034b50, -1));
                out.writeBytes(part.deflated());
                directory.writeBytes(header(part, 0x02014b50, offset));
            }
            DataOutputStream end = new DataOutputStream(directory);
            int size = directory.size();
            ints(end, 0x06054b50, 0);
            shorts(end, parts.size(), parts.size());
            ints(end, size, out.size());
            shorts(end, 0);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        out.writeBytes(directory.toByteArray());
        return out.toByteArray();
    }

    /** @param offset of the part in the archive, for the directory; negative for the part's own header */
    private static byte[] header(Part part, int signature, int offset) throws IOException {
        byte[] name = part.name().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        ints(out, signature);
        if (offset >= 0) {
            shorts(out, 20);
        }
        shorts(out, 20, 0x800, 8, 0, 0x21);
        ints(out, 0, part.deflated().length, part.saidSize());
        shorts(out, name.length, 0);
        if (offset >= 0) {
            shorts(out, 0, 0, 0);
            ints(out, 0, offset);
        }
        out.write(name);
        return bytes.toByteArray();
    }

    private static void ints(DataOutputStream out, int... values) throws IOException {
        for (int value : values) {
            out.writeInt(Integer.reverseBytes(value));
        }
    }

    private static void shorts(DataOutputStream out, int... values) throws IOException {
        for (int value : values) {
            out.writeShort(Short.reverseBytes((short) value));
        }
    }
}
