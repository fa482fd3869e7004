package dev.daveloper.embedded.documents.extraction;

import dev.daveloper.domain.documents.MediaKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A real file of every kind, each with the same facts in it: a heading {@value #HEADING}, the sentence {@value #FACT},
 * words of other alphabets, a list and a table. Kinds with pages have {@value #PAGES} of them, and {@value #FACT} is on
 * the last.
 */
public final class SampleFiles {
    public static final String HEADING = "Harbour rules";
    public static final String INTRODUCTION = "Every vessel reports its arrival to the harbour master.";
    public static final String FACT = "The lighthouse of Zürich-Süd burns 4711 litres of oil per year.";
    public static final String UMLAUTS = "Größe, Übermaß, Äpfel, naïve façade";
    public static final String CJK = "東京の港";
    public static final String ITEM = "Ropes are coiled clockwise";
    public static final List<String> COLUMNS = List.of("Berth", "Depth");
    public static final List<List<String>> ROWS = List.of(List.of("North", "12"), List.of("South", "7"));
    public static final int PAGES = 2;

    private SampleFiles() {}

    /** The bytes of a file of this kind. */
    public static byte[] of(MediaKind kind) throws IOException {
        return switch (kind) {
            case PDF -> PdfFiles.harbour();
            case DOCX -> OfficeFiles.docx();
            case PPTX -> OfficeFiles.pptx();
            case XLSX -> OfficeFiles.xlsx();
            case ODT -> ZipFiles.odt();
            case EPUB -> ZipFiles.epub();
            case HTML -> utf8(html());
            case MARKDOWN -> utf8(markdown());
            case TEXT -> utf8(HEADING + "\n\n" + INTRODUCTION + "\n" + FACT + "\n\n" + UMLAUTS + "\n" + CJK + "\n");
            case CSV ->
                utf8("Berth,Depth,Note\nNorth,12,\"" + FACT + "\"\nSouth,7," + UMLAUTS.replace(",", "") + "\n"
                        + "West,3," + CJK + "\n");
            case JSON ->
                utf8("{\"title\": \"" + HEADING + "\", \"fact\": \"" + FACT + "\", \"berths\": ["
                        + "{\"name\": \"North\", \"depth\": 12}, {\"name\": \"South\", \"depth\": 7, \"note\": \"" + CJK
                        + "\"}], \"umlauts\": \"" + UMLAUTS + "\"}");
        };
    }

    /** Writes one file of each kind into the folder, named {@code sample.} and the kind's first extension. */
    public static Map<MediaKind, Path> writeAll(Path folder) throws IOException {
        Map<MediaKind, Path> written = new EnumMap<>(MediaKind.class);
        for (MediaKind kind : MediaKind.values()) {
            written.put(kind, write(folder, kind));
        }
        return written;
    }

    /** Writes one file of this kind into the folder. */
    public static Path write(Path folder, MediaKind kind) throws IOException {
        return Files.write(folder.resolve("sample." + kind.extensions().getFirst()), of(kind));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String html() {
        return """
                <!DOCTYPE html>
                <html><head><title>Harbour</title><style>p { color: red }</style>
                <script>var secret = "script text";</script></head>
                <body><nav><ul><li>Home</li></ul></nav>
                <h1>%s</h1><p>%s</p><p>%s</p><p>%s<br>%s</p>
                <ul><li>%s<ol><li>Twice</li></ol></li><li>Knots are dry</li></ul>
                <table><thead><tr><th>Berth</th><th>Depth</th></tr></thead>
                <tbody><tr><td>North</td><td>12</td></tr><tr><td>South</td><td>7</td></tr></tbody></table>
                <pre><code>moor --berth north
                  --rope 2</code></pre>
                <script>document.write("script text")</script><noscript>Switch it on</noscript>
                </body></html>
                """.formatted(HEADING, INTRODUCTION, FACT, UMLAUTS, CJK, ITEM);
    }

    private static String markdown() {
        return """
                # %s

                %s
                %s

                %s, %s

                - %s

                | Berth | Depth |
                | --- | --- |
                | North | 12 |
                | South | 7 |
                """.formatted(HEADING, INTRODUCTION, FACT, UMLAUTS, CJK, ITEM);
    }
}
