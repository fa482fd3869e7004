package dev.daveloper.embedded.documents.extraction;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** PDF files, as PDFBox writes them and worse. */
final class PdfFiles {
    private static final float LEFT = 72;
    private static final float TOP = 720;
    private static final float SIZE = 12;
    private static final float HEADING_SIZE = 20;
    private static final float LEADING = 15;

    private PdfFiles() {}

    static byte[] harbour() throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDFont font = font(document);
            write(
                    document,
                    font,
                    "# " + SampleFiles.HEADING,
                    "",
                    "Every vessel reports its ar-",
                    "rival to the harbour",
                    "master.",
                    "",
                    SampleFiles.UMLAUTS,
                    "",
                    "• " + SampleFiles.ITEM,
                    "• Knots are dry");
            PDPage second = write(document, font, SampleFiles.FACT, "", "North 12", "South 7");
            addCjk(document, second);
            return saved(document);
        }
    }

    /** A page for each of these texts, whose lines are set one below the other; without content for an empty one. */
    static byte[] pages(List<String> pages) throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDFont font = font(document);
            for (String page : pages) {
                if (page.isEmpty()) {
                    document.addPage(new PDPage());
                } else {
                    write(document, font, page.split("\n", -1));
                }
            }
            return saved(document);
        }
    }

    /** @param userPassword needed to open it; empty when only changing it is locked */
    static byte[] encrypted(String userPassword) throws IOException {
        try (PDDocument document = new PDDocument()) {
            write(document, font(document), SampleFiles.FACT);
            document.protect(new StandardProtectionPolicy("owner", userPassword, new AccessPermission()));
            return saved(document);
        }
    }

    private static PDFont font(PDDocument document) throws IOException {
        return PDType0Font.load(
                document,
                PDFont.class.getResourceAsStream("/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf"));
    }

    private static PDPage write(PDDocument document, PDFont font, String... lines) throws IOException {
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.beginText();
            content.setLeading(LEADING);
            content.newLineAtOffset(LEFT, TOP);
            for (String line : lines) {
                boolean heading = line.startsWith("# ");
                content.setFont(font, heading ? HEADING_SIZE : SIZE);
                if (!line.isEmpty()) {
                    content.showText(heading ? line.substring(2) : line);
                }
                content.newLine();
            }
            content.endText();
        }
        return page;
    }

    /** In a font that is named but not embedded, as East Asian programs write it. */
    private static void addCjk(PDDocument document, PDPage page) throws IOException {
        COSDictionary system = new COSDictionary();
        system.setItem(COSName.REGISTRY, new COSString("Adobe"));
        system.setItem(COSName.ORDERING, new COSString("Japan1"));
        system.setItem(COSName.SUPPLEMENT, COSInteger.get(2));
        COSDictionary descriptor = new COSDictionary();
        descriptor.setItem(COSName.TYPE, COSName.FONT_DESC);
        descriptor.setName(COSName.FONT_NAME, "HeiseiMin-W3");
        descriptor.setInt(COSName.FLAGS, 4);
        COSDictionary descendant = new COSDictionary();
        descendant.setItem(COSName.TYPE, COSName.FONT);
        descendant.setItem(COSName.SUBTYPE, COSName.CID_FONT_TYPE0);
        descendant.setName(COSName.BASE_FONT, "HeiseiMin-W3");
        descendant.setItem(COSName.CIDSYSTEMINFO, system);
        descendant.setItem(COSName.FONT_DESC, descriptor);
        COSArray descendants = new COSArray();
        descendants.add(descendant);
        COSDictionary font = new COSDictionary();
        font.setItem(COSName.TYPE, COSName.FONT);
        font.setItem(COSName.SUBTYPE, COSName.TYPE0);
        font.setName(COSName.BASE_FONT, "HeiseiMin-W3");
        font.setName(COSName.ENCODING, "UniJIS-UCS2-H");
        font.setItem(COSName.DESCENDANT_FONTS, descendants);
        PDResources resources = page.getResources();
        COSDictionary fonts = resources.getCOSObject().getCOSDictionary(COSName.FONT);
        fonts.setItem(COSName.getPDFName("CJK"), font);

        String code = HexFormat.of().formatHex(SampleFiles.CJK.getBytes(StandardCharsets.UTF_16BE));
        PDStream stream = new PDStream(document);
        try (var out = stream.createOutputStream()) {
            out.write(("BT /CJK 12 Tf 72 500 Td <" + code + "> Tj ET").getBytes(StandardCharsets.US_ASCII));
        }
        COSArray contents = new COSArray();
        contents.add(page.getCOSObject().getItem(COSName.CONTENTS));
        contents.add(stream.getCOSObject());
        page.getCOSObject().setItem(COSName.CONTENTS, contents);
    }

    /** A page tree whose node is its own child. */
    static byte[] loop() {
        return raw("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>");
    }

    /** A catalogue within which arrays are nested this deeply. */
    static byte[] nested(int depth) {
        return raw(
                "<< /Type /Catalog /Pages 2 0 R /Deep " + "[".repeat(depth) + "]".repeat(depth) + " >>",
                "<< /Type /Pages /Kids [] /Count 0 >>");
    }

    /** An empty page, and then a form that draws itself twice, for ever. */
    static byte[] selfDrawing() {
        String draw = "/F Do /F Do";
        String form = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >> "
                + "/Length " + draw.length() + " >> stream\n" + draw + "\nendstream";
        return raw(
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [6 0 R 3 0 R] /Count 2 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R "
                        + "/Resources << /XObject << /F 5 0 R >> >> >>",
                "<< /Length " + draw.length() + " >> stream\n" + draw + "\nendstream",
                form,
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 7 0 R >>",
                "<< /Length 5 >> stream\nBT ET\nendstream");
    }

    private static byte[] raw(String... objects) {
        StringBuilder text = new StringBuilder("%PDF-1.7\n");
        int[] offsets = new int[objects.length];
        for (int i = 0; i < objects.length; i++) {
            offsets[i] = text.length();
            text.append(i + 1).append(" 0 obj\n").append(objects[i]).append("\nendobj\n");
        }
        int xref = text.length();
        text.append("xref\n0 ").append(objects.length + 1).append("\n0000000000 65535 f \n");
        for (int offset : offsets) {
            text.append("%010d 00000 n \n".formatted(offset));
        }
        text.append("trailer << /Size ")
                .append(objects.length + 1)
                .append(" /Root 1 0 R >>\nstartxref\n")
                .append(xref)
                .append("\n%%EOF\n");
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] saved(PDDocument document) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
    }
}
