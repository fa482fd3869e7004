package dev.daveloper.embedded.documents.extraction;

import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.failures.DocumentRefused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/**
 * Looks into an archive before a parser does: how much it unpacks to, measured by unpacking, and whether it is of the
 * kind that it is said to be. For one archive.
 */
final class ArchiveCheck {
    private static final byte[] COMPOUND_FILE = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
    private static final long RATIO_FROM_BYTES = 1L << 20;
    private static final int MAX_KEPT_BYTES = 1 << 20;
    private static final int MAX_NAME_CHARS = 1_024;

    private static final String OOXML_TYPES = "[Content_Types].xml";
    private static final String MIMETYPE = "mimetype";
    private static final String ODF_MANIFEST = "META-INF/manifest.xml";
    private static final String EPUB_ENCRYPTION = "META-INF/encryption.xml";
    private static final String EPUB_RIGHTS = "META-INF/rights.xml";
    private static final Set<String> KEPT = Set.of(OOXML_TYPES, MIMETYPE, ODF_MANIFEST, EPUB_ENCRYPTION);

    private static final Pattern ALGORITHM = Pattern.compile("Algorithm\\s*=\\s*[\"']([^\"']*)[\"']");

    /** Scrambled fonts lock nothing that is read. */
    private static final List<String> OF_FONTS =
            List.of("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC");

    private final MediaKind kind;
    private final ReadingBounds bounds;
    private final Map<String, String> kept = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private long unpacked;

    private ArchiveCheck(MediaKind kind, ReadingBounds bounds) {
        this.kind = kind;
        this.bounds = bounds;
    }

    /** @throws DocumentRefused when it is not to be read */
    static void check(Path file, MediaKind kind, ReadingBounds bounds) throws IOException {
        if (isCompoundFile(file)) {
            throw compoundFile(file, kind);
        }
        ArchiveCheck check = new ArchiveCheck(kind, bounds);
        try (ZipFile archive = new ZipFile(file.toFile())) {
            check.measure(archive);
        } catch (ZipException damaged) {
            throw String.valueOf(damaged.getMessage()).contains("encrypted")
                    ? Refusals.encrypted()
                    : Refusals.damaged();
        }
        check.kind();
        check.locks();
    }

    private static boolean isCompoundFile(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(COMPOUND_FILE.length), COMPOUND_FILE);
        }
    }

    private static DocumentRefused compoundFile(Path file, MediaKind kind) {
        boolean office = kind == MediaKind.DOCX || kind == MediaKind.PPTX || kind == MediaKind.XLSX;
        try (POIFSFileSystem files = new POIFSFileSystem(file.toFile(), true)) {
            boolean locked = files.getRoot().hasEntry("EncryptedPackage");
            return office && locked ? Refusals.encrypted() : otherKind(kind);
        } catch (IOException | RuntimeException damaged) {
            return Refusals.damaged();
        }
    }

    private void measure(ZipFile archive) throws IOException {
        if (archive.size() > bounds.maxEntries()) {
            throw Refusals.tooComplex("The document has more than " + bounds.maxEntries() + " parts.");
        }
        var entries = archive.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            checkName(entry.getName());
            try (InputStream in = archive.getInputStream(entry)) {
                measure(entry, in);
            }
        }
    }

    private void checkName(String name) {
        boolean sound = name.length() <= MAX_NAME_CHARS
                && name.indexOf('\0') < 0
                && !List.of(name.replace('\\', '/').split("/", -1)).contains("..");
        if (!sound || !names.add(name)) {
            throw Refusals.damaged();
        }
    }

    private void measure(ZipEntry entry, InputStream in) throws IOException {
        ByteArrayOutputStream content = KEPT.contains(entry.getName()) ? new ByteArrayOutputStream() : null;
        byte[] buffer = new byte[1 << 14];
        long size = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            size += read;
            unpacked += read;
            if (unpacked > bounds.maxUnpackedBytes()) {
                throw Refusals.tooComplex("The document unpacks to more than " + bounds.maxUnpackedBytes() + " bytes.");
            }
            if (size > RATIO_FROM_BYTES && size / bounds.maxRatio() > Math.max(1, entry.getCompressedSize())) {
                throw Refusals.tooComplex(
                        "A part of the document unpacks to more than " + bounds.maxRatio() + " times its size.");
            }
            if (content != null && size <= MAX_KEPT_BYTES) {
                content.write(buffer, 0, read);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new GivenUp();
            }
        }
        if (content != null) {
            kept.put(entry.getName(), content.toString(StandardCharsets.UTF_8));
        }
    }

    private void kind() {
        boolean right = switch (kind) {
            case DOCX -> hasType("wordprocessingml.document.main+xml");
            case PPTX -> hasType("presentationml.presentation.main+xml");
            case XLSX -> hasType("spreadsheetml.sheet.main+xml");
            default -> kind.mediaType().equals(kept.getOrDefault(MIMETYPE, "").strip());
        };
        if (!right) {
            throw otherKind(kind);
        }
    }

    private boolean hasType(String mainPart) {
        // A part written in UTF-16 has a zero between its letters.
        return kept.getOrDefault(OOXML_TYPES, "").replace("\0", "").contains(mainPart);
    }

    private static DocumentRefused otherKind(MediaKind kind) {
        return DocumentRefused.mismatch(
                "The file is not " + kind.wireName().toUpperCase(Locale.ROOT) + " inside, though its name says so.");
    }

    private void locks() {
        boolean locked = kept.getOrDefault(ODF_MANIFEST, "").contains("encryption-data");
        if (kind == MediaKind.EPUB) {
            locked |= names.contains(EPUB_RIGHTS);
            Matcher algorithms = ALGORITHM.matcher(kept.getOrDefault(EPUB_ENCRYPTION, ""));
            while (algorithms.find()) {
                locked |= !OF_FONTS.contains(algorithms.group(1));
            }
        }
        if (locked) {
            throw Refusals.encrypted();
        }
    }
}
