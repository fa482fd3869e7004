package dev.daveloper.embedded.documents.extraction;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Documents that are zip archives, put together by hand or taken apart and changed. */
final class ZipFiles {
    static final String ODT_TYPE = "application/vnd.oasis.opendocument.text";

    private ZipFiles() {}

    static byte[] odt() throws IOException {
        return odt("", """
                <text:h text:outline-level="1">%s</text:h><text:p>%s</text:p><text:p>%s</text:p><text:p>%s</text:p>
                <text:p>%s</text:p><text:list><text:list-item><text:p>%s</text:p></text:list-item>
                <text:list-item><text:p>Knots are dry</text:p></text:list-item></text:list>
                <table:table table:name="T"><table:table-column table:number-columns-repeated="2"/>
                <table:table-row><table:table-cell><text:p>Berth</text:p></table:table-cell>
                <table:table-cell><text:p>Depth</text:p></table:table-cell></table:table-row>
                <table:table-row><table:table-cell><text:p>North</text:p></table:table-cell>
                <table:table-cell><text:p>12</text:p></table:table-cell></table:table-row>
                <table:table-row><table:table-cell><text:p>South</text:p></table:table-cell>
                <table:table-cell><text:p>7</text:p></table:table-cell></table:table-row></table:table>
                """.formatted(
                        SampleFiles.HEADING,
                        SampleFiles.INTRODUCTION,
                        SampleFiles.FACT,
                        SampleFiles.UMLAUTS,
                        SampleFiles.CJK,
                        SampleFiles.ITEM));
    }

    /** @param doctype put before the content's root element */
    static byte[] odt(String doctype, String body) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("mimetype", utf8(ODT_TYPE));
        parts.put("content.xml", utf8("""
                <?xml version="1.0" encoding="UTF-8"?>%s
                <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
                 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
                 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.3">
                <office:body><office:text>%s</office:text></office:body></office:document-content>
                """.formatted(doctype, body)));
        parts.put("META-INF/manifest.xml", utf8("""
                <?xml version="1.0" encoding="UTF-8"?>
                <manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
                <manifest:file-entry manifest:full-path="/" manifest:media-type="%s"/>
                <manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
                </manifest:manifest>
                """.formatted(ODT_TYPE)));
        return zip(parts);
    }

    static byte[] epub() throws IOException {
        return epub("", """
                <h1>%s</h1><p>%s</p><p>%s</p><p>%s</p><p>%s</p><ul><li>%s</li><li>Knots are dry</li></ul>
                <table><tr><th>Berth</th><th>Depth</th></tr><tr><td>North</td><td>12</td></tr>
                <tr><td>South</td><td>7</td></tr></table><script>var s = "script text";</script>
                """.formatted(
                        SampleFiles.HEADING,
                        SampleFiles.INTRODUCTION,
                        SampleFiles.FACT,
                        SampleFiles.UMLAUTS,
                        SampleFiles.CJK,
                        SampleFiles.ITEM));
    }

    static byte[] epub(String doctype, String firstChapter) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("mimetype", utf8("application/epub+zip"));
        parts.put("META-INF/container.xml", utf8("""
                <?xml version="1.0"?>%s
                <container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
                <rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>
                </rootfiles></container>
                """.formatted(doctype)));
        // The chapters stand in the archive in another order than they are read in.
        parts.put("OEBPS/b.xhtml", chapter("", "<h2>The end</h2><p>Last chapter.</p>"));
        parts.put("OEBPS/first chapter.xhtml", chapter(doctype, firstChapter));
        parts.put("OEBPS/book.opf", utf8("""
                <?xml version="1.0"?>
                <package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
                <metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Harbour</dc:title></metadata>
                <manifest><item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>
                <item id="a" href="first%20chapter.xhtml" media-type="application/xhtml+xml"/></manifest>
                <spine><itemref idref="a"/><itemref idref="b"/></spine></package>
                """));
        return zip(parts);
    }

    private static byte[] chapter(String doctype, String body) {
        return utf8("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + doctype
                + "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>Chapter</title></head><body>" + body
                + "</body></html>");
    }

    /** An archive with these parts in this order; the first is stored, as a {@code mimetype} must be. */
    static byte[] zip(Map<String, byte[]> parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                ZipEntry entry = new ZipEntry(part.getKey());
                if (part.getKey().equals("mimetype")) {
                    CRC32 crc = new CRC32();
                    crc.update(part.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(part.getValue().length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(part.getValue());
            }
        }
        return out.toByteArray();
    }

    static Map<String, byte[]> parts(byte[] archive) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), zip.readAllBytes());
            }
        }
        return parts;
    }

    /** The same archive with a part put in, or in the place of the one of that name. */
    static byte[] with(byte[] archive, String name, byte[] content) throws IOException {
        Map<String, byte[]> parts = parts(archive);
        parts.put(name, content);
        return zip(parts);
    }

    /** The same archive with a doctype before the root element of one of its XML parts, and an entity put to use. */
    static byte[] withDoctype(byte[] archive, String name, String doctype, String entityIn) throws IOException {
        String xml = new String(parts(archive).get(name), StandardCharsets.UTF_8);
        int root = xml.startsWith("<?xml") ? xml.indexOf("?>") + 2 : 0;
        String changed = xml.substring(0, root)
                + doctype
                + xml.substring(root).replaceFirst("(<" + entityIn + "[^>/]*>)", "$1&x;");
        return with(archive, name, utf8(changed));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
