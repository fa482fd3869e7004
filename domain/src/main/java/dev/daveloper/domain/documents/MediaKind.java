package dev.daveloper.domain.documents;

import dev.daveloper.domain.failures.DocumentRefused;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kinds of documents that are taken: each with the extensions that name it, the media types that declare it, and
 * how its first bytes look. What is in none of them is refused.
 */
public enum MediaKind {
    PDF("pdf", Form.PDF, "pdf", "application/pdf"),
    DOCX("docx", Form.ZIP, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    PPTX("pptx", Form.ZIP, "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    XLSX("xlsx", Form.ZIP, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ODT("odt", Form.ZIP, "odt", "application/vnd.oasis.opendocument.text"),
    EPUB("epub", Form.ZIP, "epub", "application/epub+zip"),
    HTML("html", Form.TEXT, "html htm xhtml", "text/html application/xhtml+xml"),
    MARKDOWN("markdown", Form.TEXT, "md markdown", "text/markdown text/x-markdown text/plain"),
    TEXT("text", Form.TEXT, "txt text", "text/plain"),
    CSV(
            "csv",
            Form.TEXT,
            "csv",
            "text/csv application/csv text/comma-separated-values application/vnd.ms-excel text/plain"),
    JSON("json", Form.TEXT, "json", "application/json text/json text/plain");

    /** How many first bytes of a file {@link #agreed} wants to see; fewer where the file is shorter. */
    public static final int HEAD_BYTES = 4_096;

    /** What senders say when they do not know. */
    private static final List<String> UNDECLARED = List.of("", "application/octet-stream", "binary/octet-stream");

    private final String wireName;
    private final Form form;
    private final String extensions;
    private final String mediaTypes;

    /**
     * @param extensions joined by spaces
     * @param mediaTypes joined by spaces, the kind's own first
     */
    MediaKind(String wireName, Form form, String extensions, String mediaTypes) {
        this.wireName = wireName;
        this.form = form;
        this.extensions = extensions;
        this.mediaTypes = mediaTypes;
    }

    /** As written in responses. */
    public String wireName() {
        return wireName;
    }

    /** The kind's own media type. */
    public String mediaType() {
        return words(mediaTypes).getFirst();
    }

    public List<String> extensions() {
        return words(extensions);
    }

    /** Whether a file of this kind is a zip archive with parts. */
    public boolean isArchive() {
        return form == Form.ZIP;
    }

    /** The kind of this wire name. */
    public static Optional<MediaKind> ofWireName(String wireName) {
        return Stream.of(values())
                .filter(kind -> kind.wireName.equals(wireName))
                .findFirst();
    }

    /**
     * The kind that a file's name, its declared type and its first bytes agree on.
     *
     * @param name the file's name with its extension
     * @param declaredType the media type that the sender declared, with or without parameters; empty when it did not
     * @param head the file's first bytes, {@value #HEAD_BYTES} where there are as many
     * @throws DocumentRefused when the kind is none of ours, the three do not agree, or there are no bytes
     */
    public static MediaKind agreed(String name, String declaredType, byte[] head) {
        String extension = DocumentName.extension(name);
        MediaKind kind = Stream.of(values())
                .filter(candidate -> candidate.extensions().contains(extension))
                .findFirst()
                .orElseThrow(() -> DocumentRefused.type(extension, allExtensions()));
        if (head.length == 0) {
            throw DocumentRefused.empty();
        }
        String declared = declaredType.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
        if (!UNDECLARED.contains(declared) && !words(kind.mediaTypes).contains(declared)) {
            throw DocumentRefused.mismatch(
                    "The file is named ." + extension + " but was declared as " + declared + ".");
        }
        if (!kind.form.matches(head)) {
            throw DocumentRefused.mismatch("The file is named ." + extension + " but its content is something else.");
        }
        return kind;
    }

    private static List<String> words(String joined) {
        return List.of(joined.split(" ", -1));
    }

    private static String allExtensions() {
        return Stream.of(values()).flatMap(kind -> kind.extensions().stream()).collect(Collectors.joining(", "));
    }

    private enum Form {
        PDF {
            // The header may stand anywhere in the first kilobyte (ISO 32000-1, annex H.3.4.1, note 13).
            @Override
            boolean matches(byte[] head) {
                int last = Math.min(head.length, PDF_HEADER_WITHIN) - 5;
                for (int i = 0; i <= last; i++) {
                    if (head[i] == '%'
                            && head[i + 1] == 'P'
                            && head[i + 2] == 'D'
                            && head[i + 3] == 'F'
                            && head[i + 4] == '-') {
                        return true;
                    }
                }
                return false;
            }
        },
        ZIP {
            @Override
            boolean matches(byte[] head) {
                // An encrypted Office document is a compound file; it is told from a mislabelled one later.
                return startsWith(head, 'P', 'K', 3, 4) || startsWith(head, 0xD0, 0xCF, 0x11, 0xE0);
            }
        },
        TEXT {
            @Override
            boolean matches(byte[] head) {
                if (startsWith(head, 0xFF, 0xFE) || startsWith(head, 0xFE, 0xFF)) {
                    return true;
                }
                for (byte b : head) {
                    boolean control =
                            b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1B;
                    if (control) {
                        return false;
                    }
                }
                return !PDF.matches(head) || !startsWith(head, '%', 'P', 'D', 'F');
            }
        };

        private static final int PDF_HEADER_WITHIN = 1_024;

        abstract boolean matches(byte[] head);

        static boolean startsWith(byte[] head, int... magic) {
            if (head.length < magic.length) {
                return false;
            }
            for (int i = 0; i < magic.length; i++) {
                if ((head[i] & 0xFF) != magic[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
