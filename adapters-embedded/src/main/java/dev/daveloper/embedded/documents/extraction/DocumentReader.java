package dev.daveloper.embedded.documents.extraction;

import com.fasterxml.jackson.core.JacksonException;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.embedded.documents.ExtractedText;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.xml.sax.SAXException;

/** Reads a document here and now, in this thread; see {@link Extractor} for where that is done. */
final class DocumentReader {
    /** How far a document is when its archive is found harmless. */
    private static final double CHECKED = 0.2;

    private static final int HEAD_BYTES = 2_048;

    private DocumentReader() {}

    /**
     * @throws DocumentRefused for whatever is wrong with the document
     * @throws GivenUp when the thread was interrupted
     */
    static ExtractedText read(Path file, MediaKind kind, ReadingBounds bounds, DoubleConsumer progress) {
        try {
            MarkdownWriter writer = new MarkdownWriter(bounds);
            if (Files.size(file) == 0) {
                throw DocumentRefused.empty();
            }
            read(file, kind, bounds, writer, progress);
            ExtractedText text = writer.finish();
            progress.accept(1);
            return text;
        } catch (DocumentRefused | GivenUp told) {
            throw told;
        } catch (StackOverflowError nested) {
            throw Refusals.tooNested();
        } catch (JacksonException malformed) {
            throw Refusals.unreadable("The file is no JSON: " + where(malformed) + ".");
        } catch (EncryptedDocumentException locked) {
            throw Refusals.encrypted();
        } catch (IOException | SAXException | TikaException | RuntimeException | LinkageError damaged) {
            throw told(damaged);
        }
    }

    private static void read(
            Path file, MediaKind kind, ReadingBounds bounds, MarkdownWriter writer, DoubleConsumer progress)
            throws IOException, SAXException, TikaException {
        if (kind.isArchive()) {
            ArchiveCheck.check(file, kind, bounds);
            progress.accept(CHECKED);
            if (kind == MediaKind.EPUB) {
                EpubReader.read(file, writer, done -> progress.accept(CHECKED + (1 - CHECKED) * done));
            } else {
                OfficeReader.read(file, kind, writer);
            }
            return;
        }
        switch (kind) {
            case PDF -> PdfReader.read(file, bounds, writer, progress);
            case JSON -> JsonReader.read(file, Files.size(file), writer, progress);
            default -> {
                Optional<String> declared =
                        kind == MediaKind.HTML ? Optional.ofNullable(declaredEncoding(file)) : Optional.empty();
                try (Reader text = TextDecoding.open(file, declared, progress)) {
                    readText(text, kind, bounds, writer);
                }
            }
        }
    }

    private static void readText(Reader text, MediaKind kind, ReadingBounds bounds, MarkdownWriter writer)
            throws IOException {
        switch (kind) {
            case HTML -> HtmlReader.read(text, writer);
            case CSV -> CsvReader.read(text, bounds, writer);
            case MARKDOWN -> TextReader.readMarkdown(text, bounds, writer);
            default -> TextReader.readText(text, bounds, writer);
        }
    }

    private static @org.jspecify.annotations.Nullable String declaredEncoding(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return TextReader.declaredEncoding(new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1));
        }
    }

    private static String where(JacksonException malformed) {
        return malformed.getLocation() == null
                ? "it is cut off"
                : "it goes wrong in line " + malformed.getLocation().getLineNr();
    }

    /** The libraries put what happened within into exceptions of their own. */
    private static RuntimeException told(Throwable damaged) {
        Throwable cause = damaged;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            switch (cause) {
                case DocumentRefused refused -> {
                    return refused;
                }
                case GivenUp givenUp -> {
                    return givenUp;
                }
                case StackOverflowError nested -> {
                    return Refusals.tooNested();
                }
                case OutOfMemoryError memory -> throw memory;
                case EncryptedDocumentException locked -> {
                    return Refusals.encrypted();
                }
                default -> cause = cause.getCause();
            }
        }
        return Refusals.damaged();
    }
}
