package dev.daveloper.embedded.documents.extraction;

import dev.daveloper.domain.documents.MediaKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.odf.OpenDocumentParser;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/** Office documents, streamed. The archive has been checked before. */
final class OfficeReader {
    static {
        // ArchiveCheck has measured every part; this check would refuse sheets that repeat themselves.
        ZipSecureFile.setMinInflateRatio(0);
    }

    private OfficeReader() {}

    static void read(Path file, MediaKind kind, MarkdownWriter writer) throws IOException, SAXException, TikaException {
        XhtmlReader xhtml = new XhtmlReader(writer, pagesOf(kind));
        try (TikaInputStream in = TikaInputStream.get(file)) {
            parser(kind).parse(in, xhtml, new Metadata(), context());
        }
    }

    private static XhtmlReader.Pages pagesOf(MediaKind kind) {
        return switch (kind) {
            case PPTX -> XhtmlReader.Pages.SLIDES;
            case XLSX -> XhtmlReader.Pages.SHEETS;
            default -> XhtmlReader.Pages.NONE;
        };
    }

    private static Parser parser(MediaKind kind) {
        return switch (kind) {
            case ODT -> new OpenDocumentParser();
            default -> new OOXMLParser();
        };
    }

    private static ParseContext context() {
        OfficeParserConfig office = new OfficeParserConfig();
        office.setUseSAXDocxExtractor(true);
        office.setUseSAXPptxExtractor(true);
        office.setExtractMacros(false);
        office.setIncludeHeadersAndFooters(false);
        office.setIncludeSlideMasterContent(false);
        office.setIncludeDeletedContent(false);
        office.setIncludeMoveFromContent(false);
        office.setIncludeShapeBasedContent(true);
        ParseContext context = new ParseContext();
        context.set(OfficeParserConfig.class, office);
        context.set(EmbeddedDocumentExtractor.class, new NothingEmbedded());
        // Numbers are written alike wherever the gateway runs.
        context.set(Locale.class, Locale.ROOT);
        return context;
    }

    /** What is in a document as a file of its own stays there. */
    private static final class NothingEmbedded implements EmbeddedDocumentExtractor {
        @Override
        public boolean shouldParseEmbedded(Metadata metadata) {
            return false;
        }

        @Override
        public void parseEmbedded(InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml) {
            throw new IllegalStateException("embedded files are not parsed");
        }
    }
}
