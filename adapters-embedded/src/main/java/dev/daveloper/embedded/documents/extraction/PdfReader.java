package dev.daveloper.embedded.documents.extraction;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** PDF, page by page: lines become paragraphs, larger ones headings. For one document. */
final class PdfReader extends PDFTextStripper {
    static {
        FontMappers.set(new OneFont());
    }

    private final PdfLayout layout = new PdfLayout();
    private final StringBuilder line = new StringBuilder();
    private final DoubleConsumer progress;
    private final int pages;
    private final ReadingBounds bounds;
    private int begun;
    private long chars;
    private double sizes;
    private int glyphs;

    private PdfReader(int pages, ReadingBounds bounds, DoubleConsumer progress) {
        this.pages = pages;
        this.bounds = bounds;
        this.progress = progress;
    }

    static void read(Path file, ReadingBounds bounds, MarkdownWriter writer, DoubleConsumer progress)
            throws IOException {
        try (RandomAccessRead bytes = new RandomAccessReadBufferedFile(file);
                PDDocument document = Loader.loadPDF(bytes, "")) {
            PdfReader reader = new PdfReader(document.getNumberOfPages(), bounds, progress);
            reader.getText(document);
            // After the last page it stands on the one behind it.
            reader.beginPages(reader.getCurrentPageNo() - 1);
            reader.layout.writeTo(writer);
        } catch (InvalidPasswordException locked) {
            throw Refusals.encrypted();
        }
    }

    @Override
    protected void startPage(PDPage next) {
        beginPages(getCurrentPageNo());
    }

    /** Pages without any content are counted, but never started. */
    private void beginPages(int upTo) {
        for (; begun < upTo; begun++) {
            layout.page();
        }
    }

    @Override
    protected void endPage(PDPage done) {
        endLine();
        layout.endParagraph();
        progress.accept((double) begun / Math.max(begun, pages));
    }

    @Override
    protected void writeString(String text, List<TextPosition> positions) {
        if (Thread.currentThread().isInterrupted()) {
            throw new GivenUp();
        }
        chars += text.length();
        if (chars > bounds.maxTextChars()) {
            throw Refusals.tooMuchText(bounds.maxTextChars());
        }
        line.append(text);
        for (TextPosition position : positions) {
            sizes += Math.abs(position.getFontSizeInPt());
            glyphs++;
        }
    }

    @Override
    protected void writeWordSeparator() {
        line.append(' ');
    }

    @Override
    protected void writeLineSeparator() {
        endLine();
    }

    @Override
    protected void writeParagraphStart() {
        endLine();
        layout.endParagraph();
    }

    @Override
    protected void writeParagraphEnd() {
        endLine();
        layout.endParagraph();
    }

    @Override
    protected void writePageStart() {
        // startPage has seen to it, and also for pages without text.
    }

    @Override
    protected void writePageEnd() {
        // As above.
    }

    private void endLine() {
        if (!line.isEmpty()) {
            layout.line(line.toString(), glyphs == 0 ? 0 : sizes / glyphs);
        }
        line.setLength(0);
        sizes = 0;
        glyphs = 0;
    }
}
